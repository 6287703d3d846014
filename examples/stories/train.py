# SPDX-License-Identifier: Apache-2.0
"""Trains a small causal language model on stories of our own and writes
stories.onnx, tokenizer.json, windows.npz and heldout.txt.

One thread throughout: about ten minutes, and the same bytes twice on one
machine."""

import argparse
import math
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn
from torch.nn import functional as F

from grammar import stories

HERE = Path(__file__).resolve().parent
SEED = 1
HELDOUT_SEED = 2
OPSET = 17

VOCABULARY = 640
CONTEXT = 32  # tokens that the network sees
WIDTH = 64
LAYERS = 4
HEADS = 4
END = "<|endoftext|>"

TRAIN_STORIES = 20000
HELDOUT_STORIES = 100
CALIBRATION_WINDOWS = 64
BATCH = 64


class Block(nn.Module):
    """A transformer block with the normalization before each half."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.project = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.register_buffer("mask", torch.full((CONTEXT, CONTEXT), -math.inf).triu(1), persistent=False)

    def attend(self, x: torch.Tensor) -> torch.Tensor:
        batch = x.shape[0]
        q, k, v = (f(x).reshape(batch, CONTEXT, HEADS, WIDTH // HEADS).transpose(1, 2)
                   for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + self.mask
        return self.project((scores.softmax(3) @ v).transpose(1, 2).reshape(batch, CONTEXT, WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attend(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Stories(nn.Module):
    """tokens, int64 [batch, 32] -> logits [batch, 32, 640] of the token after each."""

    def __init__(self) -> None:
        super().__init__()
        self.token = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Parameter(torch.zeros(CONTEXT, WIDTH))
        self.blocks = nn.Sequential(*(Block() for _ in range(LAYERS)))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        for name, p in self.named_parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.05)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.head(self.norm(self.blocks(self.token(tokens) + self.position)))


def train_tokenizer(text: list[str]) -> Tokenizer:
    """Byte-level byte pair encoding; every string has an encoding."""
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(text, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[END], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return t


def tokens(t: Tokenizer, text: list[str]) -> torch.Tensor:
    """All stories in one row, each after an end-of-text token."""
    end = t.token_to_id(END)
    return torch.tensor([i for e in t.encode_batch(text) for i in [end, *e.ids]])


def windows(stream: torch.Tensor, length: int) -> torch.Tensor:
    """The stream cut into rows of length tokens; a rest is dropped."""
    return stream[: len(stream) // length * length].reshape(-1, length)


def fit(net: nn.Module, stream: torch.Tensor, steps: int) -> None:
    """Trains with AdamW under a one-cycle cosine schedule."""
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    start, total = time.time(), 0.0
    span = torch.arange(CONTEXT + 1)
    for step in range(1, steps + 1):
        rows = stream[torch.randint(len(stream) - CONTEXT, (BATCH, 1)) + span]
        loss = F.cross_entropy(net(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 0:
            print(f"step {step}/{steps}: loss {total / 100:.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
            total = 0.0


def export(net: nn.Module, path: Path) -> None:
    """Writes net as one self-contained ONNX file, tokens [1, 32] -> logits [1, 32, 640]."""
    net.eval()
    torch.onnx.export(net, (torch.zeros(1, CONTEXT, dtype=torch.int64),), str(path), dynamo=False,
                      opset_version=OPSET, input_names=["tokens"], output_names=["logits"])
    model = onnx.load(path)
    # An exporter may leave source locations in these; the file has to read the
    # same whoever trained it.
    del model.metadata_props[:]
    model.ClearField("doc_string")
    for node in model.graph.node:
        node.ClearField("doc_string")
        del node.metadata_props[:]
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def perplexity(path: Path, rows: np.ndarray) -> tuple[float, float]:
    """The perplexity of the ONNX file on rows of 33 tokens, and the share of
    next tokens that it puts first."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    loss, right = 0.0, 0
    for row in rows:
        logits = session.run(["logits"], {"tokens": row[None, :-1]})[0][0].astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        loss += (np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(CONTEXT), row[1:]]).sum()
        right += (logits.argmax(axis=1) == row[1:]).sum()
    count = len(rows) * CONTEXT
    return math.exp(loss / count), right / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--output", type=Path, default=HERE, metavar="DIR")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    text, heldout = stories(SEED, TRAIN_STORIES), stories(HELDOUT_SEED, HELDOUT_STORIES)
    (args.output / "heldout.txt").write_text("".join(s + "\n" for s in heldout))
    tokenizer = train_tokenizer(text)
    tokenizer.save(str(args.output / "tokenizer.json"))
    net = Stories()
    fit(net, tokens(tokenizer, text), args.steps)
    path = args.output / "stories.onnx"
    export(net, path)

    calibration = windows(tokens(tokenizer, text[-HELDOUT_STORIES:]), CONTEXT)[:CALIBRATION_WINDOWS]
    np.savez_compressed(args.output / "windows.npz", tokens=calibration.numpy()[:, None])
    rows = windows(tokens(tokenizer, heldout), CONTEXT + 1).numpy()
    ppl, right = perplexity(path, rows)
    print(f"parameters: {sum(p.numel() for p in net.parameters())}")
    print(f"file: {path.stat().st_size} bytes")
    print(f"held-out text, {rows.size} tokens in windows of {CONTEXT + 1}: perplexity {ppl:.3f}, next token right {100 * right:.2f} %")


if __name__ == "__main__":
    main()
