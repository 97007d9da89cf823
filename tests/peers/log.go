package main

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight   = 8
	entriesATile = 1 << tileHeight
)

// tiles reads a log's hash tiles from files. C2SP names them as Go does, without the height.
type tiles struct {
	folder string
	read   int
}

func (t *tiles) Height() int { return tileHeight }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		found[i] = data
		t.read++
	}
	return found, nil
}

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads the entries of a folder of bundles, at least size of them.
func entries(folder string, size int64) ([][]byte, error) {
	var found [][]byte
	for number := int64(0); int64(len(found)) < size; number++ {
		bundle, err := readBundle(folder, number)
		if err != nil {
			return nil, err
		}
		if len(bundle) == 0 {
			return nil, errors.New("fewer entries than were signed")
		}
		found = append(found, bundle...)
	}
	return found, nil
}

// readBundle reads one bundle: each entry is a length in two bytes, and so many bytes. The last one is partial.
func readBundle(folder string, number int64) ([][]byte, error) {
	tile := tlog.Tile{H: tileHeight, L: -1, N: number, W: entriesATile}
	path := filepath.Join(folder, strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/data/", tileHeight)))
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		partial, _ := filepath.Glob(path + ".p/*")
		if len(partial) != 1 {
			return nil, err
		}
		data, err = os.ReadFile(partial[0])
	}
	if err != nil {
		return nil, err
	}
	var found [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("a bundle of entries is cut off")
		}
		length := int(binary.BigEndian.Uint16(data))
		found = append(found, data[2:2+length])
		data = data[2+length:]
	}
	return found, nil
}

// rootOf is the root over the first entries, computed anew.
func rootOf(all [][]byte, size int64) (tlog.Hash, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	for number, entry := range all[:size] {
		hashes, err := tlog.StoredHashes(int64(number), entry, reader)
		if err != nil {
			return tlog.Hash{}, err
		}
		stored = append(stored, hashes...)
	}
	return tlog.TreeHash(size, reader)
}

// checkLog verifies a whole log: the checkpoint, the tiles under it, each entry in its place, and every earlier size.
func checkLog(folder, vkey string) error {
	message, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	found, err := open(message, vkey)
	if err != nil {
		return err
	}
	all, err := entries(filepath.Join(folder, "tile", "entries"), found.tree.N)
	if err != nil {
		return err
	}
	read := &tiles{folder: folder}
	hashes := tlog.TileHashReader(found.tree, read)
	for index := int64(0); index < found.tree.N; index++ {
		proof, err := tlog.ProveRecord(found.tree.N, index, hashes)
		if err != nil {
			return err
		}
		leaf := tlog.RecordHash(all[index])
		if err := tlog.CheckRecord(proof, found.tree.N, found.tree.Hash, index, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	for size := int64(1); size <= found.tree.N; size++ {
		root, err := rootOf(all, size)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(found.tree.N, size, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, found.tree.N, found.tree.Hash, size, root); err != nil {
			return fmt.Errorf("the first %d entries: %w", size, err)
		}
	}
	fmt.Printf("log: %d entries, each in its place; every earlier size is its beginning; %d tiles read\n", found.tree.N, read.read)
	return nil
}

// A claim is a proof that somebody else computed.
type claim struct {
	Kind  string   `json:"kind"`
	Size  int64    `json:"size"`
	Root  string   `json:"root"`
	Old   int64    `json:"old"`
	Hash  string   `json:"hash"`
	Proof []string `json:"proof"`
}

// checkProofs says of each claim, one JSON object a line, whether it holds.
func checkProofs(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var one claim
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return err
		}
		fmt.Println(one.verdict())
	}
	return lines.Err()
}

func (c claim) verdict() string {
	hashes := make([]tlog.Hash, 0, len(c.Proof)+2)
	for _, text := range append([]string{c.Root, c.Hash}, c.Proof...) {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(data) != tlog.HashSize {
			return "refused"
		}
		var hash tlog.Hash
		copy(hash[:], data)
		hashes = append(hashes, hash)
	}
	root, hash, proof := hashes[0], hashes[1], hashes[2:]
	err := errors.New("no such kind of proof")
	switch c.Kind {
	case "inclusion":
		err = tlog.CheckRecord(tlog.RecordProof(proof), c.Size, root, c.Old, hash)
	case "consistency":
		err = tlog.CheckTree(tlog.TreeProof(proof), c.Size, root, c.Old, hash)
	}
	if err != nil {
		return "refused"
	}
	return "holds"
}
