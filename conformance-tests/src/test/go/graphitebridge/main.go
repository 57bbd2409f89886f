// Graphitebridge records what the Graphite bridge of Prometheus' Go client writes.
//
//	graphitebridge FOLDER
//
// For each exposition FOLDER/x.prom it writes FOLDER/x.go.txt: all lines, once for each of the bridge's settings. The
// bridge takes the tags of a line from a map; here they are sorted, so that recording again gives the same. A
// timestamp that the exposition does not have is written as NOW.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/graphite"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

func main() {
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.prom"))
	if err != nil || len(files) == 0 {
		log.Fatalf("no expositions: %v", err)
	}
	for _, file := range files {
		var out bytes.Buffer
		for _, prefix := range []string{"", "pre.fix"} {
			for _, tags := range []bool{false, true} {
				fmt.Fprintf(&out, "# prefix=%s tags=%t\n", prefix, tags)
				out.WriteString(record(file, prefix, tags))
			}
		}
		name := strings.TrimSuffix(file, ".prom") + ".go.txt"
		if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// record pushes one exposition and answers the lines that arrived.
func record(file, prefix string, tags bool) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	defer listener.Close()
	received := make(chan []byte)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		all, err := io.ReadAll(conn)
		if err != nil {
			log.Fatal(err)
		}
		received <- all
	}()
	bridge, err := graphite.NewBridge(&graphite.Config{
		URL:           listener.Addr().String(),
		Prefix:        prefix,
		UseTags:       tags,
		Gatherer:      prometheus.GathererFunc(func() ([]*dto.MetricFamily, error) { return gather(file) }),
		ErrorHandling: graphite.AbortOnError,
	})
	if err != nil {
		log.Fatal(err)
	}
	begin := time.Now().Unix()
	if err := bridge.Push(); err != nil {
		log.Fatal(err)
	}
	end := time.Now().Unix()
	var out strings.Builder
	for _, line := range strings.SplitAfter(string(<-received), "\n") {
		out.WriteString(normalise(line, begin, end))
	}
	return out.String()
}

// gather answers the families of an exposition in the order of their names.
func gather(file string) ([]*dto.MetricFamily, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var parser expfmt.TextParser
	byName, err := parser.TextToMetricFamilies(in)
	if err != nil {
		return nil, err
	}
	families := make([]*dto.MetricFamily, 0, len(byName))
	for _, family := range byName {
		families = append(families, family)
	}
	sort.Slice(families, func(i, j int) bool { return families[i].GetName() < families[j].GetName() })
	return families, nil
}

// normalise sorts the tags of a line and takes the time of the push out of it.
func normalise(line string, begin, end int64) string {
	if at := strings.LastIndexByte(line, ' '); at >= 0 {
		seconds, err := strconv.ParseInt(strings.TrimSuffix(line[at+1:], "\n"), 10, 64)
		if err == nil && begin <= seconds && seconds <= end {
			line = line[:at] + " NOW\n"
		}
	}
	value := strings.LastIndexByte(strings.TrimRight(line[:strings.LastIndexByte(" "+line, ' ')], " "), ' ')
	if value < 0 {
		return line
	}
	path := strings.Split(line[:value], ";")
	sort.Strings(path[1:])
	return strings.Join(path, ";") + line[value:]
}
