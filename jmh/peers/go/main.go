// Command peers times readers and writers of metrics written in Go on files of Prometheus text, for comparison with the
// Java benchmarks beside it.
//
//	peers [-seconds N] PEER FILE
//
// prints a line for each second measured: the megabytes, of 1,000,000 bytes, of a second on the clock on the wall, and those
// of a second of processor time, the collector's included. Of a peer that reads the bytes read count, of one that writes
// those written.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"sort"
	"syscall"
	"time"

	vm "github.com/VictoriaMetrics/VictoriaMetrics/lib/protoparser/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

// A pass does a peer's work once and tells how many bytes it read or wrote.
type pass func() (int64, error)

// Peers by name; each prepares what is not to be timed.
var peers = map[string]func(text []byte) (pass, error){
	"victoriametrics-read": victoriaMetrics,
	"expfmt-read":          expfmtRead,
	"expfmt-write-text":    expfmtWrite(expfmt.FmtText),
	"expfmt-write-om":      expfmtWrite(expfmt.FmtOpenMetrics),
	"expfmt-write-proto":   expfmtWrite(expfmt.FmtProtoDelim),
}

// victoriaMetrics parses to rows that are used again, as a server does that scrapes.
func victoriaMetrics(text []byte) (pass, error) {
	s := string(text)
	var rows vm.Rows
	return func() (int64, error) {
		failed := 0
		rows.UnmarshalWithErrLogger(s, func(string) { failed++ })
		if failed > 0 || len(rows.Rows) == 0 {
			return 0, fmt.Errorf("%d rows read, %d refused", len(rows.Rows), failed)
		}
		return int64(len(s)), nil
	}, nil
}

func expfmtRead(text []byte) (pass, error) {
	return func() (int64, error) {
		var parser expfmt.TextParser
		families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
		if err == nil && len(families) == 0 {
			err = io.ErrUnexpectedEOF
		}
		return int64(len(text)), err
	}, nil
}

// expfmtWrite makes a peer that writes the families of a text in a format.
func expfmtWrite(format expfmt.Format) func(text []byte) (pass, error) {
	return func(text []byte) (pass, error) {
		var parser expfmt.TextParser
		byName, err := parser.TextToMetricFamilies(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		families := make([]*dto.MetricFamily, 0, len(byName))
		for _, family := range byName {
			families = append(families, family)
		}
		sort.Slice(families, func(i, j int) bool { return families[i].GetName() < families[j].GetName() })
		return func() (int64, error) {
			out := &counter{}
			encoder := expfmt.NewEncoder(out, format)
			for _, family := range families {
				if err := encoder.Encode(family); err != nil {
					return 0, err
				}
			}
			return out.bytes, nil
		}, nil
	}
}

// A counter takes bytes and only counts them.
type counter struct{ bytes int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return len(p), nil
}

// measure repeats passes for a second and gives their throughput in megabytes by both clocks.
func measure(pass pass) (wall, cpu float64, err error) {
	var total int64
	start, cpuStart := time.Now(), cpuTime()
	for time.Since(start) < time.Second {
		n, err := pass()
		if err != nil {
			return 0, 0, err
		}
		total += n
	}
	megabytes := float64(total) / 1e6
	return megabytes / time.Since(start).Seconds(), megabytes / (cpuTime() - cpuStart).Seconds(), nil
}

// cpuTime is what this process has used of the processors.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func run(peer, file string, seconds int) error {
	prepare, known := peers[peer]
	if !known {
		return fmt.Errorf("unknown peer %q", peer)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	pass, err := prepare(text)
	if err != nil {
		return err
	}
	// The first second is for caches and the growth of buffers.
	for i := 0; i <= seconds; i++ {
		wall, cpu, err := measure(pass)
		if err != nil {
			return err
		}
		if i > 0 {
			fmt.Printf("%.1f %.1f\n", wall, cpu)
		}
	}
	return nil
}

func main() {
	seconds := flag.Int("seconds", 3, "how many measurements of a second to print")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: peers [-seconds N] PEER FILE")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), *seconds); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}
