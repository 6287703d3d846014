// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CodeStorage} from "../CodeStorage.sol";
import {OnchainModelCells as Cells} from "./OnchainModelCells.sol";
import {OnchainModelCheck as Check} from "./OnchainModelCheck.sol";
import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";
import {OnchainModelMachine as Machine} from "./OnchainModelMachine.sol";
import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Integer networks that the chain itself executes.
/// @notice The owner of a model sets up its layer list, appends its weights piece by piece and seals it.
/// Sealing checks the list and the weights; what is sealed never changes, and anybody may evaluate it:
/// all layers in one call, or some, with the state between the layers passed from call to call or kept
/// here. The result is exact, to the integer, or the call reverts. The input and the output are the bytes
/// that the inference verifiers take for public tensors.
contract OnchainModel {
    using L for L.Reader;

    event ModelSetUp(uint256 indexed model, address indexed owner, uint256 layers);
    event ModelSealed(uint256 indexed model, bytes32 content);
    event RunAdvanced(bytes32 indexed run, uint256 indexed model, uint256 layer);

    /// @notice There is no such model.
    error ModelUnknown(uint256 model);
    /// @notice The caller does not own the model.
    error NotModelOwner(uint256 model, address caller);
    /// @notice The model is sealed, or its check has begun: nothing of it can change.
    error ModelIsSealed(uint256 model);
    /// @notice The model is not sealed yet: nobody can evaluate it.
    error ModelNotSealed(uint256 model);
    /// @notice The layer list does not have the form that OnchainModelLayers says.
    error ListInvalid();
    /// @notice A piece follows one that is not full, is empty or is too long.
    error PieceLengthInvalid(uint256 length);
    /// @notice The model has no layers from … to.
    error LayersInvalid(uint256 from, uint256 to);
    /// @notice The state is not as long as the tensors at its boundary are.
    error StateLengthInvalid(uint256 expected, uint256 got);
    /// @notice An element of a tensor at a boundary leaves its declared range, or padding is not zero.
    error StateOutOfRange(uint256 tensor);
    /// @notice There is no such run, or it has passed the layer.
    error RunInvalid(bytes32 run);

    struct Model {
        address list; // the layer list
        uint32 layers;
        uint32 checkedLayers;
        address directory; // the addresses of the pieces, once sealed
        uint64 dataLength;
        address owner;
        address[] pieces;
    }

    /// @notice A run between two calls.
    struct Run {
        address state;
        uint32 model;
        uint32 layer;
    }

    /// @dev Header of a layer list: cells, layers.
    uint256 private constant HEADER = 8;
    /// @dev Tensors begin at multiples of so many bytes, as in a statement.
    uint256 private constant CHUNK = 28;

    Model[] private _models;
    mapping(bytes32 => Run) private _runs;

    /// @notice Makes a model of a layer list. Its weights and tables are appended afterwards.
    /// @return model its number
    function setUp(bytes calldata list) external returns (uint256 model) {
        if (list.length < HEADER) revert ListInvalid();
        model = _models.length;
        Model storage m = _models.push();
        m.owner = msg.sender;
        m.layers = uint32(bytes4(list[4:8]));
        m.list = CodeStorage.write(list);
        if (m.layers == 0 || list.length < HEADER + 4 * (uint256(m.layers) + 1)) revert ListInvalid();
        emit ModelSetUp(model, msg.sender, m.layers);
    }

    /// @notice Appends a piece of the data. All but the last have 24,544 bytes.
    function append(uint256 model, bytes calldata piece) external {
        Model storage m = _owned(model);
        // What was checked could depend on the length.
        if (m.checkedLayers != 0) revert ModelIsSealed(model);
        if (piece.length == 0 || piece.length > Store.PIECE || m.dataLength % Store.PIECE != 0) {
            revert PieceLengthInvalid(piece.length);
        }
        m.pieces.push(CodeStorage.write(piece));
        m.dataLength += uint64(piece.length);
    }

    /// @notice Checks the next `layers` layers of a model, and seals it when all are checked.
    /// @return done whether the model is sealed
    function seal(uint256 model, uint256 layers) external returns (bool done) {
        Model storage m = _owned(model);
        uint256 from = m.checkedLayers;
        if (layers == 0 || layers > m.layers - from) revert LayersInvalid(from, from + layers);
        bytes memory list = CodeStorage.read(m.list);
        Check.State memory s;
        s.cells = Cells.make(_u32(list, 0));
        s.pieces = m.pieces;
        s.dataLength = m.dataLength;
        _checkLayers(s, list, m.layers, from, from + layers);
        m.checkedLayers = uint32(from + layers);
        done = from + layers == m.layers;
        if (done) {
            bytes memory addresses = abi.encodePacked(s.pieces); // a word each
            m.directory = CodeStorage.write(addresses);
            emit ModelSealed(model, _content(m.list, s.pieces));
        }
    }

    /// @notice Computes layers from … to − 1 of a sealed model.
    /// @param state the tensors at the boundary `from`: the input if it is 0
    /// @return the tensors at the boundary `to`: the output if it is the number of layers
    function evaluate(uint256 model, uint256 from, uint256 to, bytes calldata state)
        external
        view
        returns (bytes memory)
    {
        return _evaluate(model, from, to, state);
    }

    /// @notice Begins a run of a model on an input, or finds it. Anybody may begin and advance it: what it
    /// computes depends on the model and the input alone.
    /// @return run its name, keccak256(abi.encode(model, input))
    function start(uint256 model, bytes calldata input) external returns (bytes32 run) {
        run = keccak256(abi.encode(model, input));
        if (_runs[run].state != address(0)) return run;
        (address list,,) = _sealed(model);
        L.Reader memory r = _boundary(CodeStorage.read(list), 0);
        _decode(0, 0, r, input);
        _runs[run] = Run(CodeStorage.write(input), uint32(model), 0);
        emit RunAdvanced(run, model, 0);
    }

    /// @notice Computes a run up to the boundary `to`, in a transaction, and keeps the state. The tensors there
    /// must fit the code of one contract, 24,575 bytes.
    function advance(bytes32 run, uint256 to) external {
        Run memory r = _runs[run];
        if (r.state == address(0) || to <= r.layer) revert RunInvalid(run);
        bytes memory state = _evaluate(r.model, r.layer, to, CodeStorage.read(r.state));
        _runs[run] = Run(CodeStorage.write(state), r.model, uint32(to));
        emit RunAdvanced(run, r.model, to);
    }

    /// @notice Returns where a run is and the tensors there.
    function runOf(bytes32 run) external view returns (uint256 model, uint256 layer, bytes memory state) {
        Run memory r = _runs[run];
        if (r.state == address(0)) revert RunInvalid(run);
        return (r.model, r.layer, CodeStorage.read(r.state));
    }

    /// @notice Returns what is known of a model. `content` names the layer list and the data: it is the
    /// hash of the hashes of their code, the list's first.
    function modelOf(uint256 model)
        external
        view
        returns (address owner, uint256 layers, uint256 checkedLayers, uint256 dataLength, bytes32 content)
    {
        if (model >= _models.length) revert ModelUnknown(model);
        Model storage m = _models[model];
        return (m.owner, m.layers, m.checkedLayers, m.dataLength, _content(m.list, m.pieces));
    }

    function _owned(uint256 model) private view returns (Model storage m) {
        if (model >= _models.length) revert ModelUnknown(model);
        m = _models[model];
        if (m.owner != msg.sender) revert NotModelOwner(model, msg.sender);
        if (m.directory != address(0)) revert ModelIsSealed(model);
    }

    function _sealed(uint256 model) private view returns (address list, address directory, uint256 layers) {
        if (model >= _models.length) revert ModelUnknown(model);
        Model storage m = _models[model];
        (list, directory, layers) = (m.list, m.directory, m.layers);
        if (directory == address(0)) revert ModelNotSealed(model);
    }

    function _content(address list, address[] memory pieces) private view returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](pieces.length + 1);
        hashes[0] = list.codehash;
        for (uint256 i = 0; i < pieces.length; ++i) {
            hashes[i + 1] = pieces[i].codehash;
        }
        return keccak256(abi.encodePacked(hashes));
    }

    function _u32(bytes memory list, uint256 pos) private pure returns (uint256 v) {
        assembly ("memory-safe") {
            v := shr(224, mload(add(add(list, 0x20), pos)))
        }
    }

    /// @dev Returns a reader at boundary i.
    function _boundary(bytes memory list, uint256 i) private pure returns (L.Reader memory r) {
        uint256 offset = _u32(list, HEADER + 4 * i);
        assembly ("memory-safe") {
            mstore(r, add(add(list, 0x20), offset))
        }
    }

    /// @dev Checks that layers from … to − 1 follow one another in the list, to its end if they are the
    /// last, and each layer by itself.
    function _checkLayers(Check.State memory s, bytes memory list, uint256 layers, uint256 from, uint256 to)
        private
        view
    {
        if (_u32(list, HEADER) != HEADER + 4 * (layers + 1)) revert ListInvalid();
        for (uint256 i = from; i < to; ++i) {
            uint256 offset = _u32(list, HEADER + 4 * i);
            uint256 end = _u32(list, HEADER + 4 * (i + 1));
            if (offset > end || end > list.length) revert ListInvalid();
            L.Reader memory r = _boundary(list, i);
            L.Reader memory next = _boundary(list, i + 1);
            uint256 limit = next.pos;
            Check.boundary(s, r);
            for (uint256 n = r.u16(); n > 0; --n) {
                if (r.pos >= limit) revert ListInvalid();
                uint256 free;
                assembly ("memory-safe") {
                    free := mload(0x40)
                }
                Check.step(s, r);
                assembly ("memory-safe") {
                    mstore(0x40, free)
                }
            }
            if (r.pos != limit) revert ListInvalid();
            Check.reached(s, next);
            if (i + 1 == layers) {
                uint256 last;
                assembly ("memory-safe") {
                    last := add(add(list, 0x20), mload(list))
                }
                if (next.pos != last) revert ListInvalid();
            }
        }
    }

    function _evaluate(uint256 model, uint256 from, uint256 to, bytes memory state)
        private
        view
        returns (bytes memory result)
    {
        (address pos, address directory, uint256 layers) = _sealed(model);
        if (from >= to || to > layers) revert LayersInvalid(from, to);
        bytes memory list = CodeStorage.read(pos);
        address[] memory pieces;
        {
            bytes memory addresses = CodeStorage.read(directory);
            assembly ("memory-safe") {
                mstore(addresses, shr(5, mload(addresses)))
                pieces := addresses
            }
        }
        uint256 frame;
        {
            uint256 size = _u32(list, 0) << 5;
            assembly ("memory-safe") {
                frame := mload(0x40)
                mstore(0x40, add(frame, size))
            }
        }
        L.Reader memory r = _boundary(list, from);
        _decode(frame, 1, r, state);
        for (uint256 i = from;;) {
            for (uint256 n = r.u16(); n > 0; --n) {
                Machine.step(frame, pieces, r);
            }
            if (++i == to) break;
            uint256 regions = r.u16();
            r.pos += 25 * regions;
        }
        return _encode(frame, r);
    }

    /// @dev Reads the tensors of the boundary at r from `state` and writes them to the frame, if `write`.
    function _decode(uint256 frame, uint256 write, L.Reader memory r, bytes memory state) private pure {
        unchecked {
            uint256 used = 0;
            uint256 n = r.u16();
            for (uint256 i = 0; i < n; ++i) {
                L.Region memory g = r.region();
                uint256 padded = (used + CHUNK - 1) / CHUNK * CHUNK;
                uint256 end = padded + g.count * g.width;
                if (end > state.length) revert StateLengthInvalid(end, state.length);
                uint256 offset = g.least < 0 ? 1 << (8 * g.width - 1) : 0;
                uint256 least = uint256(g.least);
                uint256 span = uint256(g.greatest) - least;
                uint256 width = g.width;
                uint256 to = frame + (g.first << 5);
                uint256 bad;
                assembly ("memory-safe") {
                    let pos := add(add(state, 0x20), used)
                    let start := add(add(state, 0x20), padded)
                    if sub(padded, used) { bad := shr(sub(256, shl(3, sub(padded, used))), mload(pos)) }
                    let last := add(add(state, 0x20), end)
                    let unused := sub(256, shl(3, width))
                    pos := start
                    // Bytes of any value: eight of them per loop.
                    if and(eq(width, 1), and(iszero(least), eq(span, 0xff))) {
                        for { let most := sub(last, 7) } lt(pos, most) { pos := add(pos, 8) } {
                            let w := mload(pos)
                            if write {
                                mstore(to, byte(0, w))
                                mstore(add(to, 0x20), byte(1, w))
                                mstore(add(to, 0x40), byte(2, w))
                                mstore(add(to, 0x60), byte(3, w))
                                mstore(add(to, 0x80), byte(4, w))
                                mstore(add(to, 0xa0), byte(5, w))
                                mstore(add(to, 0xc0), byte(6, w))
                                mstore(add(to, 0xe0), byte(7, w))
                            }
                            to := add(to, 0x100)
                        }
                    }
                    for {} lt(pos, last) { pos := add(pos, width) } {
                        let x := sub(shr(unused, mload(pos)), offset)
                        bad := or(bad, gt(sub(x, least), span))
                        if write { mstore(to, x) }
                        to := add(to, 0x20)
                    }
                }
                if (bad != 0) revert StateOutOfRange(i);
                used = end;
            }
            if (used != state.length) revert StateLengthInvalid(used, state.length);
        }
    }

    /// @dev Writes the tensors of the boundary at r.
    function _encode(uint256 frame, L.Reader memory r) private pure returns (bytes memory state) {
        unchecked {
            L.Reader memory ahead = L.Reader(r.pos);
            uint256 n = ahead.u16();
            uint256 size = 0;
            for (uint256 i = 0; i < n; ++i) {
                L.Region memory g = ahead.region();
                size = (size + CHUNK - 1) / CHUNK * CHUNK + g.count * g.width;
            }
            state = new bytes(size + 32); // elements are written as words
            r.u16();
            size = 0;
            for (uint256 i = 0; i < n; ++i) {
                L.Region memory g = r.region();
                size = (size + CHUNK - 1) / CHUNK * CHUNK;
                uint256 offset = g.least < 0 ? 1 << (8 * g.width - 1) : 0;
                uint256 least = uint256(g.least);
                uint256 span = uint256(g.greatest) - least;
                uint256 width = g.width;
                uint256 from = frame + (g.first << 5);
                uint256 end = from + (g.count << 5);
                bool bad;
                assembly ("memory-safe") {
                    let to := add(add(state, 0x20), size)
                    let unused := sub(256, shl(3, width))
                    for {} lt(from, end) { from := add(from, 0x20) } {
                        let x := mload(from)
                        bad := or(bad, gt(sub(x, least), span))
                        mstore(to, shl(unused, add(x, offset)))
                        to := add(to, width)
                    }
                }
                if (bad) revert StateOutOfRange(i);
                size += g.count * g.width;
            }
            assembly ("memory-safe") {
                mstore(state, size)
            }
        }
    }
}
