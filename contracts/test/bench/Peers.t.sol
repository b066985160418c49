// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/**
 * @dev What the same job costs on the usual token standards: one record word, the same facts in one event, and none of
 *      the register's rules (no members, no policy, no freeze, no limits). For `npm run bench:gas` only.
 */
abstract contract PeerBook {
    struct Item {
        uint256 id;
        address to;
        uint256 face;
        uint256 record;
        bytes32[5] facts;
    }

    event Issued(uint256 indexed id, address indexed by, address indexed to, uint256 face, uint256 record, bytes32[5] facts);
    event Paid(uint256 indexed id, uint256 amount);

    mapping(uint256 id => uint256) internal records;
    IERC20 internal immutable MONEY;

    constructor(IERC20 money) {
        MONEY = money;
    }

    function issueMany(Item[] calldata items) external {
        for (uint256 i = 0; i < items.length; ++i) {
            issue(items[i]);
        }
    }

    function issue(Item calldata item) public {
        require(records[item.id] == 0, "known");
        records[item.id] = item.record;
        create(item);
        emit Issued(item.id, msg.sender, item.to, item.face, item.record, item.facts);
    }

    function pay(uint256 id, uint256 amount) external {
        records[id] += amount << 88;
        emit Paid(id, amount);
        MONEY.transferFrom(msg.sender, address(this), amount);
    }

    function create(Item calldata item) internal virtual;
}

contract PeerMoney is ERC20("Money", "M") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract Peer1155 is PeerBook, ERC1155 {
    constructor(IERC20 money) PeerBook(money) ERC1155("") {}

    function create(Item calldata item) internal override {
        _mint(item.to, item.id, item.face, "");
    }

    function split(uint256 id, address[] calldata to, uint256[] calldata parts) external {
        for (uint256 i = 0; i < to.length; ++i) {
            _safeTransferFrom(msg.sender, to[i], id, parts[i], "");
        }
    }

    function claim(uint256 id, address holder) external {
        uint256 amount = balanceOf(holder, id);
        _burn(holder, id, amount);
        MONEY.transfer(holder, amount);
    }
}

/// @dev A piece is a token; passing a part burns the piece and mints the parts.
contract Peer721 is PeerBook, ERC721("Pieces", "P") {
    mapping(uint256 piece => uint256) private amounts;

    constructor(IERC20 money) PeerBook(money) {}

    function create(Item calldata item) internal override {
        _mint(item.to, item.id);
        amounts[item.id] = item.face;
    }

    function split(uint256 piece, address[] calldata to, uint256[] calldata parts) external {
        uint256 left = amounts[piece];
        for (uint256 i = 0; i < to.length; ++i) {
            left -= parts[i];
            uint256 part = uint256(keccak256(abi.encode(piece, i)));
            _mint(to[i], part);
            amounts[part] = parts[i];
        }
        if (left != 0) {
            amounts[piece] = left;
        } else {
            _burn(piece);
            delete amounts[piece];
        }
    }

    function claim(uint256 piece, address holder) external {
        require(ownerOf(piece) == holder, "not its");
        uint256 amount = amounts[piece];
        delete amounts[piece];
        _burn(piece);
        MONEY.transfer(holder, amount);
    }
}

contract PeerShare is ERC20("Share", "S") {
    address private book;

    function start(address to, uint256 face) external {
        require(book == address(0), "started");
        book = msg.sender;
        _mint(to, face);
    }

    function split(address[] calldata to, uint256[] calldata parts) external {
        for (uint256 i = 0; i < to.length; ++i) {
            _transfer(msg.sender, to[i], parts[i]);
        }
    }

    function redeem(address holder) external returns (uint256 amount) {
        require(msg.sender == book, "book only");
        amount = balanceOf(holder);
        _burn(holder, amount);
    }
}

/// @dev A clone of an ERC-20 for each payable.
contract Peer20 is PeerBook {
    address private immutable MODEL = address(new PeerShare());

    constructor(IERC20 money) PeerBook(money) {}

    function create(Item calldata item) internal override {
        PeerShare(Clones.cloneDeterministic(MODEL, bytes32(item.id))).start(item.to, item.face);
    }

    function shareOf(uint256 id) public view returns (address) {
        return Clones.predictDeterministicAddress(MODEL, bytes32(id), address(this));
    }

    function claim(uint256 id, address holder) external {
        MONEY.transfer(holder, PeerShare(shareOf(id)).redeem(holder));
    }
}
