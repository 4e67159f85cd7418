// The agent of the ingress: it makes nginx' configuration of the routes that are declared in its namespace, and lets it serve when nginx has
// found it right.
package main

import (
	"context"
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

const (
	// gathering lets changes that come together go live together.
	gathering = 100 * time.Millisecond
	// again is when something that failed is tried again.
	again = 5 * time.Second
)

func main() {
	a := &agent{metrics: newMetrics(), live: map[string]*version{}}
	flag.StringVar(&a.namespace, "namespace", os.Getenv("NAMESPACE"), "where the routes are declared")
	flag.StringVar(&a.node, "node", os.Getenv("NODE"), "the node's name")
	flag.StringVar(&a.door, "service", "ingress", "the Service of the ingress' pods")
	home := flag.String("frame", "/etc/ingress", "the folder of nginx' configuration, into which the routes are put")
	work := flag.String("work", "/run/ingress", "the folder for generations of configuration, and pipes")
	listen := flag.String("listen", ":8082", "address for /alive, /ready and /metrics")
	status := flag.String("status", "127.0.0.1:8081", "address of nginx' local server")
	webhook := flag.String("webhook", ":8444", "address on which the API server asks about routes")
	certificates := flag.String("certificates", "/etc/ingress-tls", "the certificate for that")
	kept := flag.String("events", "", "the folder of the node in which events of the firewall wait until they are collected; empty: none are kept")
	drain := flag.Duration("drain", 8*time.Second, "how long to answer after a request to stop")
	flag.Parse()

	main, err := os.ReadFile(filepath.Join(*home, "nginx.conf"))
	must(err)
	engine, err := os.ReadFile(filepath.Join(*home, "engine.conf"))
	must(err)
	a.nginx = &nginx{work: *work, frame: frame{nginx: string(main), engine: string(engine)}, status: *status}
	// A container that was started again finds the folder of the one before.
	must(os.RemoveAll(filepath.Join(*work, "generations")))
	a.logs, err = readLogs(*work, *kept, a.node, newOutput(os.Stdout, a.metrics.dropped), a.metrics)
	must(err)

	config, err := rest.InClusterConfig()
	must(err)
	a.client, err = kubernetes.NewForConfig(config)
	must(err)
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	changes := a.watch(stop)

	failed := make(chan error, 2)
	go func() { failed <- http.ListenAndServe(*listen, a.handler()) }()
	go func() { failed <- a.serveWebhook(*webhook, *certificates) }()
	go func() { log.Fatal(<-failed) }()

	a.run(stop, changes)
	// The load balancers are told first, and who has our address keeps getting answers until they have heard.
	atomic.StoreInt32(&a.ready, 0)
	select {
	case <-time.After(*drain):
	case err := <-a.nginx.ended:
		a.fail(err)
	}
	a.nginx.stop(*drain)
	a.logs.finish()
}

// fail ends the container: nginx is gone, and what it has written last is not to go with it.
func (a *agent) fail(err error) {
	a.logs.finish()
	log.Fatalf("nginx ended: %v", err)
}

// watch follows everything that routes depend on; a value comes when any of it has changed.
func (a *agent) watch(ctx context.Context) <-chan struct{} {
	changes := make(chan struct{}, 1)
	told := func() {
		select {
		case changes <- struct{}{}:
		default:
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(interface{}) { told() },
		UpdateFunc: func(interface{}, interface{}) { told() },
		DeleteFunc: func(interface{}) { told() },
	}
	only := func(kind string) informers.SharedInformerOption {
		return informers.WithTweakListOptions(func(options *metav1.ListOptions) { options.LabelSelector = kindLabel + "=" + kind })
	}
	inside := informers.WithNamespace(a.namespace)
	routes := informers.NewSharedInformerFactoryWithOptions(a.client, 0, inside, only(routeKind))
	secrets := informers.NewSharedInformerFactoryWithOptions(a.client, 0, inside, only(tlsKind))
	door := informers.NewSharedInformerFactoryWithOptions(a.client, 0, inside)
	everywhere := informers.NewSharedInformerFactory(a.client, 0)
	a.routes, a.secrets = routes.Core().V1().ConfigMaps().Lister(), secrets.Core().V1().Secrets().Lister()
	a.endpoints, a.services = door.Core().V1().Endpoints().Lister(), everywhere.Core().V1().Services().Lister()
	routes.Core().V1().ConfigMaps().Informer().AddEventHandler(handler)
	secrets.Core().V1().Secrets().Informer().AddEventHandler(handler)
	door.Core().V1().Endpoints().Informer().AddEventHandler(handler)
	everywhere.Core().V1().Services().Informer().AddEventHandler(handler)
	for _, factory := range []informers.SharedInformerFactory{routes, secrets, door, everywhere} {
		factory.Start(ctx.Done())
	}
	for _, factory := range []informers.SharedInformerFactory{routes, secrets, door, everywhere} {
		factory.WaitForCacheSync(ctx.Done())
	}
	told()
	return changes
}

func (a *agent) run(ctx context.Context, changes <-chan struct{}) {
	var retry <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-a.nginx.ended:
			a.fail(err)
		case <-changes:
		case <-retry:
		}
		time.Sleep(gathering)
		retry = nil
		err := a.reconcile()
		if err == nil {
			err = a.report(ctx)
		}
		if err != nil {
			log.Printf("%v; again in %s", err, again)
			retry = time.After(again)
		}
	}
}

func (a *agent) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/alive", func(w http.ResponseWriter, _ *http.Request) {
		if atomic.LoadInt32(&a.serves) == 0 {
			return // the first configuration is still being read
		}
		if _, err := a.nginx.ask("/generation"); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) {
		if atomic.LoadInt32(&a.ready) == 0 {
			http.Error(w, "the routes do not serve yet, or the ingress is stopping", http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		status, _ := a.nginx.ask("/status")
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		a.metrics.write(w, status)
	})
	return mux
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
