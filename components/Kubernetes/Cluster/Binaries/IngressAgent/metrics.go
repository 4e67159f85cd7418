package main

import (
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"
	"sync"
)

// Upper bounds of answers' times in seconds: what a person does not notice, notices, and does not wait for.
var bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// counter counts by labels.
type counter struct {
	mutex  sync.Mutex
	name   string
	help   string
	labels []string
	values map[string]float64
}

func newCounter(name, help string, labels ...string) *counter {
	return &counter{name: name, help: help, labels: labels, values: map[string]float64{}}
}

func (c *counter) inc(values ...string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.values[strings.Join(values, "\x00")]++
}

func (c *counter) write(to io.Writer) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	fmt.Fprintf(to, "# HELP %s %s\n# TYPE %s counter\n", c.name, c.help, c.name)
	for _, key := range sortedKeys(c.values) {
		fmt.Fprintf(to, "%s%s %g\n", c.name, c.text(strings.Split(key, "\x00")), c.values[key])
	}
}

func (c *counter) text(values []string) string {
	var parts []string
	for i, label := range c.labels {
		parts = append(parts, fmt.Sprintf("%s=%q", label, values[i]))
	}
	if parts == nil {
		return ""
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// times are how long answers took, of one service.
type times struct {
	buckets []uint64
	count   uint64
	sum     float64
}

type metrics struct {
	requests, rules, reloads, events, dropped *counter

	mutex      sync.Mutex
	seconds    map[string]*times
	live, held int
}

func newMetrics() *metrics {
	m := &metrics{
		requests: newCounter("appstack_ingress_requests_total", "Requests by service and status.", "service", "status"),
		rules:    newCounter("appstack_ingress_waf_rules_total", "Rules of the web application firewall that matched, by service and rule.", "service", "rule"),
		reloads:  newCounter("appstack_ingress_reloads_total", "Changes of the configuration that went live (ok), and those of a single route that nginx refused.", "result"),
		events:   newCounter("appstack_ingress_events_total", "Events of the firewall that wait on the node's disk to be collected (kept), and those that could not be written to it (lost).", "result"),
		dropped:  newCounter("appstack_ingress_log_dropped_total", "Lines that are not in the pod's log, because nobody read it or they were too long. They are counted and kept all the same."),
		seconds:  map[string]*times{},
	}
	// An increase from nothing is none.
	m.events.values["kept"], m.events.values["lost"], m.dropped.values[""] = 0, 0, 0
	return m
}

func (m *metrics) request(service, status string, seconds float64) {
	m.requests.inc(service, status)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	found := m.seconds[service]
	if found == nil {
		found = &times{buckets: make([]uint64, len(bounds))}
		m.seconds[service] = found
	}
	if i := sort.SearchFloat64s(bounds, seconds); i < len(bounds) {
		found.buckets[i]++
	}
	found.count++
	found.sum += seconds
}

func (m *metrics) setRoutes(live, held int) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.live, m.held = live, held
}

func (m *metrics) write(to io.Writer, status string) {
	m.requests.write(to)
	m.rules.write(to)
	m.reloads.write(to)
	m.events.write(to)
	m.dropped.write(to)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	const seconds = "appstack_ingress_request_seconds"
	fmt.Fprintf(to, "# HELP %s How long requests took, to the last byte of the answer.\n# TYPE %s histogram\n", seconds, seconds)
	for _, service := range sortedKeys(m.seconds) {
		found, sum := m.seconds[service], uint64(0)
		for i, bound := range bounds {
			sum += found.buckets[i]
			fmt.Fprintf(to, "%s_bucket{service=%q,le=\"%g\"} %d\n", seconds, service, bound, sum)
		}
		fmt.Fprintf(to, "%s_bucket{service=%q,le=\"+Inf\"} %d\n%s_sum{service=%q} %g\n%s_count{service=%q} %d\n",
			seconds, service, found.count, seconds, service, found.sum, seconds, service, found.count)
	}
	fmt.Fprintf(to, "# HELP appstack_ingress_routes Routes by what became of them.\n# TYPE appstack_ingress_routes gauge\nappstack_ingress_routes{state=\"live\"} %d\nappstack_ingress_routes{state=\"held\"} %d\n", m.live, m.held)
	for _, match := range statusPattern.FindAllStringSubmatch(status, -1) {
		name := "appstack_ingress_connections_" + strings.ToLower(match[1])
		fmt.Fprintf(to, "# TYPE %s gauge\n%s %s\n", name, name, match[2])
	}
}

// statusPattern finds the numbers of now in what stub_status says; its totals are counted from the log, by service.
var statusPattern = regexp.MustCompile(`(Reading|Writing|Waiting): (\d+)`)
