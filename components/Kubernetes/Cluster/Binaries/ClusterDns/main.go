// The cluster's DNS server, for clusters whose images are built locally: it answers for services and pods from the API
// server's objects and forwards everything else to the node's own resolvers.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net/http"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/miekg/dns"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// upstreamTimeout lets a client, which waits 5 s, hear of two dead resolvers.
const upstreamTimeout = 2 * time.Second

func main() {
	listen := flag.String("listen", ":10053", "address for DNS, UDP and TCP")
	health := flag.String("health", ":8080", "address for /health and /ready")
	zone := flag.String("zone", "cluster.local", "the cluster's domain")
	drain := flag.Duration("drain", 5*time.Second, "how long to answer after a request to stop")
	flag.Parse()

	config, err := rest.InClusterConfig()
	must(err)
	client, err := kubernetes.NewForConfig(config)
	must(err)
	factory := informers.NewSharedInformerFactory(client, 0)
	server := &server{records: &records{
		zone:      dns.Fqdn(*zone),
		services:  factory.Core().V1().Services().Lister(),
		endpoints: factory.Core().V1().Endpoints().Lister(),
	}}
	server.upstreams, err = readUpstreams("/etc/resolv.conf")
	must(err)

	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	failed := make(chan error, 3)
	for _, network := range []string{"udp", "tcp"} {
		listener := &dns.Server{Addr: *listen, Net: network, Handler: server}
		go func() { failed <- listener.ListenAndServe() }()
	}
	go func() { failed <- http.ListenAndServe(*health, server.healthHandler()) }()
	factory.Start(stop.Done())
	factory.WaitForCacheSync(stop.Done())
	atomic.StoreInt32(&server.ready, 1)
	log.Printf("answering for %s, everything else goes to %s", server.records.zone, strings.Join(server.upstreams, ", "))
	select {
	case err = <-failed:
		log.Fatal(err)
	case <-stop.Done():
		// Whoever still has our address keeps getting answers until the others have heard that we are going.
		atomic.StoreInt32(&server.ready, 0)
		time.Sleep(*drain)
	}
}

type server struct {
	records   *records
	upstreams []string
	ready     int32
}

func (s *server) healthHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) {
		if atomic.LoadInt32(&s.ready) == 0 {
			http.Error(w, "the cluster's objects are not known yet, or the server is stopping", http.StatusServiceUnavailable)
		}
	})
	return mux
}

// ServeDNS answers one question.
func (s *server) ServeDNS(w dns.ResponseWriter, request *dns.Msg) {
	reply := s.answer(w, request)
	if w.RemoteAddr().Network() == "udp" {
		size := dns.MinMsgSize
		if options := request.IsEdns0(); options != nil {
			size = int(options.UDPSize())
		}
		reply.Truncate(size)
	}
	if err := w.WriteMsg(reply); err != nil {
		log.Printf("answering %s: %v", w.RemoteAddr(), err)
	}
}

func (s *server) answer(w dns.ResponseWriter, request *dns.Msg) *dns.Msg {
	reply := new(dns.Msg)
	if len(request.Question) != 1 {
		return reply.SetRcode(request, dns.RcodeFormatError)
	}
	question := request.Question[0]
	name := strings.ToLower(question.Name)
	if strings.HasSuffix(name, ".in-addr.arpa.") {
		if answers := s.records.reverse(name); len(answers) > 0 {
			reply.SetReply(request)
			reply.Authoritative, reply.Answer = true, answers
			return reply
		}
		return s.forward(w, request)
	}
	if name != s.records.zone && !strings.HasSuffix(name, "."+s.records.zone) {
		return s.forward(w, request)
	}
	if atomic.LoadInt32(&s.ready) == 0 && !s.synced() {
		// "No such name" would be remembered; "try another server" is the truth.
		return reply.SetRcode(request, dns.RcodeServerFailure)
	}
	answers, found := s.records.lookup(name, question.Qtype)
	reply.SetReply(request)
	reply.Authoritative, reply.Answer = true, answers
	if !found {
		reply.Rcode = dns.RcodeNameError
	}
	if len(answers) == 0 {
		reply.Ns = []dns.RR{s.records.authority()}
	}
	return reply
}

// synced tells stopping (objects known) from starting.
func (s *server) synced() bool {
	_, found := s.records.lookup("kubernetes.default.svc."+s.records.zone, dns.TypeA)
	return found
}

func (s *server) forward(w dns.ResponseWriter, request *dns.Msg) *dns.Msg {
	client := &dns.Client{Net: w.RemoteAddr().Network(), Timeout: upstreamTimeout}
	err := errors.New("there is no resolver in /etc/resolv.conf")
	for _, upstream := range s.upstreams {
		var reply *dns.Msg
		if reply, _, err = client.Exchange(request, upstream); err == nil {
			return reply
		}
	}
	log.Printf("forwarding %s: %v", request.Question[0].Name, err)
	return new(dns.Msg).SetRcode(request, dns.RcodeServerFailure)
}

func readUpstreams(file string) ([]string, error) {
	config, err := dns.ClientConfigFromFile(file)
	if err != nil {
		return nil, err
	}
	var upstreams []string
	for _, server := range config.Servers {
		upstreams = append(upstreams, "["+strings.Trim(server, "[]")+"]:"+config.Port)
	}
	return upstreams, nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
