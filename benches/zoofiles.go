// SPDX-License-Identifier: Apache-2.0

package main

// zooFiles lists models of others that are compiled and run. They are not part
// of this repository; docs/zoo.md says where they come from.
var zooFiles = []struct {
	name, path string
	lo, hi     float64
	// shape of an input that the model leaves open, NAME=N,…
	shape string
}{
	{"mnist-cntk", "microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx", 0, 255, ""},
	{"opt-mnist", "webonnx+wonnx/data/models/opt-mnist.onnx", 0, 1, ""},
	{"cnn-cifar-01", "Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx", -1, 1, ""},
	{"mlp-iris", "Lagrange-Labs+deep-prove/zkml/assets/scripts/MLP/mlp-iris-01.onnx", 0, 8, ""},
	{"resnet8", "derived-from-tflite/resnet8_cifar10_float.onnx", 0, 255, ""},
	{"resnet8-qdq", "derived-from-tflite/resnet8_cifar10_int8_qdq.onnx", 0, 255, ""},
	{"ds-cnn", "derived-from-tflite/dscnn_kws_float.onnx", -1, 1, ""},
	{"ds-cnn-qdq", "derived-from-tflite/dscnn_kws_int8_qdq.onnx", -1, 1, ""},
	{"mobilenetv1-0.25-vww", "derived-from-tflite/mobilenetv1_025_vww96_float.onnx", 0, 1, ""},
	{"mobilenetv1-0.25-vww-qdq", "derived-from-tflite/mobilenetv1_025_vww96_int8_qdq.onnx", 0, 1, ""},
	{"mobilenetv1-0.25-person-qdq", "derived-from-tflite/mobilenetv1_025_person96gray_int8_qdq.onnx", -1, 1, ""},
	{"mobilenetv2-qdq", "derived-from-tflite/mobilenetv2_1.0_224_imagenet_int8_qdq.onnx", -1, 1, ""},
	{"toycar-autoencoder", "derived-from-tflite/toycar_autoencoder_float.onnx", 0, 1, ""},
	{"toycar-autoencoder-qdq", "derived-from-tflite/toycar_autoencoder_int8_qdq.onnx", 0, 1, ""},
	{"autoencoder1d", "pulp-platform+Deeploy/DeeployTest/Tests/Models/Autoencoder1D/network.onnx", -1, 1, ""},
	{"mnist-lstm", "derived-from-tflite/mnist_lstm_float.onnx", 0, 1, ""},
	{"cct", "pulp-platform+Deeploy/DeeployTest/Tests/Models/CCT/FP32/CCT_1_32_32_32/network.onnx", -1, 1, ""},
	{"tinyvit", "pulp-platform+Deeploy/DeeployTest/Tests/Models/TinyViT/Demo/network.onnx", -1, 1, ""},
	{"espcn", "fastmachinelearning+qonnx/src/qonnx/data/onnx/bsd300x3-espcn/nn_resize/float_model.onnx", 0, 1, ""},
	{"super-resolution", "onnx+tutorials/tutorials/assets/super_resolution.onnx", 0, 1, ""},
	{"lightgbm-classifier", "sonos+tract/onnx/test_cases/lgbm_classifier_tensor/model.onnx", 0, 10, ""},
	{"lightgbm-regressor", "sonos+tract/onnx/test_cases/lgbm_regressor_tensor/model.onnx", 0, 10, ""},
	{"tree-classifier", "onnx+sklearn-onnx/tests/datasets/treecl.onnx", -4, 4, "input=1,32"},
	{"boosted-forest", "onnx+sklearn-onnx/tests/datasets/treecl2.onnx", -4, 4, "input=1,20"},
	{"boosted-forest-3", "onnx+sklearn-onnx/tests/datasets/treecl3.onnx", -4, 4, "input=1,32"},
	{"linear-classifier", "sonos+tract/onnx/test_cases/linear_classifier/model.onnx", -4, 4, ""},
	{"linear-regressor", "sonos+tract/onnx/test_cases/linear_regressor/model.onnx", -4, 4, ""},
	{"mlp-gonnx", "AdvancedClimateSystems+gonnx/sample_models/onnx_models/mlp.onnx", -1, 1, ""},
	{"gru", "AdvancedClimateSystems+gonnx/sample_models/onnx_models/gru.onnx", -1, 1, "data_input=1,5,3"},
	{"keras-dense", "sonos+tract/examples/keras-tract-tf2/example.onnx", -1, 1, ""},
	{"lstm-quantized", "sonos+tract/onnx/test_cases/qlstm_3-2-3_T3_S1/model.onnx", -1, 1, ""},
	{"tdnn-quantized", "sonos+tract/onnx/test_cases/qtdnn_10x5_101_i32_biases/model.onnx", -1, 1, "input=10,10"},
	{"light-squeezenet", "onnx+onnx-light/light_squeezenet.onnx", 0, 1, ""},
	{"light-shufflenet", "onnx+onnx-light/light_shufflenet.onnx", 0, 1, ""},
	{"light-alexnet", "onnx+onnx-light/light_bvlc_alexnet.onnx", 0, 1, ""},
	{"light-zfnet512", "onnx+onnx-light/light_zfnet512.onnx", 0, 1, ""},
	{"light-inception-v1", "onnx+onnx-light/light_inception_v1.onnx", 0, 1, ""},
	{"light-inception-v2", "onnx+onnx-light/light_inception_v2.onnx", 0, 1, ""},
	{"light-resnet50", "onnx+onnx-light/light_resnet50.onnx", 0, 1, ""},
	{"light-densenet121", "onnx+onnx-light/light_densenet121.onnx", 0, 1, ""},
	{"light-vgg19", "onnx+onnx-light/light_vgg19.onnx", 0, 1, ""},
}
