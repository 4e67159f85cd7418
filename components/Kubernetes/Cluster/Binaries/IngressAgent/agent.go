package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
)

// agent brings what is declared to life: the routes that are right serve, the others are held back, each for itself, and say why.
type agent struct {
	namespace, node, door string // door: the Service whose endpoints are the ingress' pods
	client                kubernetes.Interface
	routes                corelisters.ConfigMapLister
	secrets               corelisters.SecretLister
	endpoints             corelisters.EndpointsLister
	services              corelisters.ServiceLister
	nginx                 *nginx
	metrics               *metrics
	logs                  *logs

	came map[types.UID]int // in which order the routes' objects came
	last int

	mutex  sync.Mutex
	live   map[string]*version // by service
	held   map[string]string   // by ConfigMap: why it is not live
	refused map[string]string // by sum: what nginx said, so that it is not asked about the same again
	serves int32
	ready  int32
}

func (a *agent) target(namespace, service string, port int) (string, error) {
	found, err := a.services.Services(namespace).Get(service)
	if err != nil {
		return "", fmt.Errorf("there is no service '%s' in the namespace '%s'", service, namespace)
	}
	if found.Spec.ClusterIP == "" || found.Spec.ClusterIP == corev1.ClusterIPNone {
		return "", fmt.Errorf("the service '%s' in the namespace '%s' has no address of its own", service, namespace)
	}
	for _, p := range found.Spec.Ports {
		if int(p.Port) == port {
			return net.JoinHostPort(found.Spec.ClusterIP, strconv.Itoa(port)), nil
		}
	}
	return "", fmt.Errorf("the service '%s' in the namespace '%s' has no port %d", service, namespace, port)
}

func (a *agent) secret(name string) (string, string, error) {
	found, err := a.secrets.Secrets(a.namespace).Get(name)
	if err != nil {
		return "", "", fmt.Errorf("there is no secret '%s' with the certificate", name)
	}
	return string(found.Data[corev1.TLSCertKey]), string(found.Data[corev1.TLSPrivateKeyKey]), nil
}

// reconcile makes what is declared serve. Only one goroutine does, so that it may read without the lock what others must lock.
func (a *agent) reconcile() error {
	objects, err := a.declared()
	if err != nil {
		return err
	}
	held := map[string]string{}
	wanted := a.choose(objects, held)
	live := newest(wanted)
	if atomic.LoadInt32(&a.serves) == 0 || !same(live, a.live) {
		var number int
		if number, live, err = a.stage(wanted, held); err != nil {
			return err
		}
		if err := a.nginx.activate(number); err != nil {
			return err
		}
		log.Printf("generation %d serves %d routes; held back: %d", number, len(live), len(held))
		a.metrics.reloads.inc("ok")
	}
	a.mutex.Lock()
	a.live, a.held = live, held
	a.mutex.Unlock()
	a.metrics.setRoutes(len(live), len(held))
	if atomic.SwapInt32(&a.serves, 1) == 0 {
		atomic.StoreInt32(&a.ready, 1)
	}
	return nil
}

// declared are the routes' objects, the newest of a service first.
func (a *agent) declared() ([]*corev1.ConfigMap, error) {
	objects, err := a.routes.ConfigMaps(a.namespace).List(labels.SelectorFromSet(labels.Set{kindLabel: routeKind}))
	sort.Slice(objects, func(i, j int) bool {
		if !objects[i].CreationTimestamp.Equal(&objects[j].CreationTimestamp) {
			return objects[i].CreationTimestamp.Before(&objects[j].CreationTimestamp)
		}
		// The API server's times are whole seconds: within one, the order is that in which they came.
		left, right := a.came[objects[i].UID], a.came[objects[j].UID]
		if left == 0 || right == 0 {
			return left != 0 || (right == 0 && objects[i].Name < objects[j].Name)
		}
		return left < right
	})
	came := map[types.UID]int{}
	for _, object := range objects {
		if came[object.UID] = a.came[object.UID]; came[object.UID] == 0 {
			a.last++
			came[object.UID] = a.last
		}
	}
	a.came = came
	for i, j := 0, len(objects)-1; i < j; i, j = i+1, j-1 {
		objects[i], objects[j] = objects[j], objects[i]
	}
	return objects, err
}

// choose finds for each service the versions that could serve, the newest first: those that can be read and claim nobody else's address. Who
// serves an address keeps it.
func (a *agent) choose(objects []*corev1.ConfigMap, held map[string]string) map[string][]*version {
	byService := map[string][]*version{}
	refused := map[string]string{} // of those that are still declared
	for _, object := range objects {
		v, err := read(object, a, false)
		if err != nil {
			held[object.Name] = err.Error()
		} else if why, known := a.refused[v.sum]; known {
			refused[v.sum], held[object.Name] = why, why
			err = errors.New(why)
		}
		if err != nil {
			// A certificate that is being replaced, a service that is made anew, a change by hand: it serves on with what it had.
			if v = a.serving(object.Name); v == nil {
				continue
			}
		}
		byService[v.Service] = append(byService[v.Service], v)
	}
	a.refused = refused
	order := sortedKeys(byService)
	sort.SliceStable(order, func(i, j int) bool { return a.live[order[i]] != nil && a.live[order[j]] == nil })
	chosen := map[string][]*version{}
	for _, service := range order {
		for _, v := range byService[service] {
			if err := v.conflict(newest(chosen)); err != nil {
				held[v.name] = err.Error()
				continue
			}
			chosen[service] = append(chosen[service], v)
		}
	}
	return chosen
}

func (a *agent) serving(name string) *version {
	for _, v := range a.live {
		if v.name == name {
			return v
		}
	}
	return nil
}

// stage tests the newest versions together. When they are refused, the services that changed are tried one after the other, and each is left with
// the newest version that is right beside the others.
func (a *agent) stage(wanted map[string][]*version, held map[string]string) (int, map[string]*version, error) {
	all := newest(wanted)
	var refused *refusal
	number, err := a.nginx.stage(all)
	if err == nil || !errors.As(err, &refused) {
		return number, all, err
	}
	accepted := map[string]*version{}
	for service := range wanted {
		if old := a.live[service]; old != nil {
			accepted[service] = old
		}
	}
	for _, service := range sortedKeys(wanted) {
		for _, v := range wanted[service] {
			if old := accepted[service]; old != nil && old.sum == v.sum {
				break
			}
			trial := copyOf(accepted)
			trial[service] = v
			found, err := a.nginx.stage(trial)
			if err == nil {
				number, accepted = found, trial
				break
			}
			if !errors.As(err, &refused) {
				return 0, nil, err
			}
			held[v.name], a.refused[v.sum] = refused.message, refused.message
			a.metrics.reloads.inc("refused")
			log.Printf("the route of '%s' is held back: %s", service, refused.message)
		}
	}
	if number == 0 {
		number, err = a.nginx.stage(accepted)
		return number, accepted, err
	}
	return number, accepted, nil
}

// admit says why a route that is about to be made would be held back. What it refers to may come later.
func (a *agent) admit(object *corev1.ConfigMap) error {
	v, err := read(object, a, true)
	if err != nil {
		return err
	}
	a.mutex.Lock()
	trial := copyOf(a.live)
	a.mutex.Unlock()
	if err := v.conflict(trial); err != nil {
		return err
	}
	trial[v.Service] = v
	number, err := a.nginx.stage(trial)
	if err == nil {
		a.nginx.discard(number)
	}
	return err
}

// report writes beside each route what this node says of it, and, where all nodes of the ingress agree, that it is live.
func (a *agent) report(ctx context.Context) error {
	a.mutex.Lock()
	words := map[string]string{}
	for _, v := range a.live {
		words[v.name] = "live"
	}
	for name, why := range a.held {
		if words[name] == "" {
			words[name] = "held back: " + why
		}
	}
	a.mutex.Unlock()
	objects, err := a.declared()
	if err != nil {
		return err
	}
	nodes := a.nodes()
	for _, object := range objects {
		word, known := words[object.Name]
		if !known {
			word = "replaced by a newer one"
		}
		changes := map[string]string{}
		if object.Annotations[nodeAnnotation+a.node] != word {
			changes[nodeAnnotation+a.node] = word
		}
		all := "yes"
		for _, node := range nodes {
			said := object.Annotations[nodeAnnotation+node]
			if node == a.node {
				said = word
			}
			if said != "live" {
				all = "no"
				if strings.HasPrefix(said, "held back: ") {
					all = node + " " + said
				}
			}
		}
		if object.Annotations[liveAnnotation] != all {
			changes[liveAnnotation] = all
		}
		if len(changes) == 0 {
			continue
		}
		patch, err := json.Marshal(map[string]interface{}{"metadata": map[string]interface{}{"annotations": changes}})
		if err != nil {
			return err
		}
		if _, err := a.client.CoreV1().ConfigMaps(a.namespace).Patch(ctx, object.Name, types.MergePatchType, patch, metav1.PatchOptions{FieldManager: "ingress-agent"}); err != nil {
			return err
		}
	}
	return nil
}

// nodes are this one and those whose ingress serves now.
func (a *agent) nodes() []string {
	seen := map[string]bool{a.node: true}
	if found, err := a.endpoints.Endpoints(a.namespace).Get(a.door); err == nil {
		for _, subset := range found.Subsets {
			for _, address := range subset.Addresses {
				if address.NodeName != nil {
					seen[*address.NodeName] = true
				}
			}
		}
	}
	return sortedKeys(seen)
}

func same(left, right map[string]*version) bool {
	if len(left) != len(right) {
		return false
	}
	for service, v := range left {
		if other := right[service]; other == nil || other.sum != v.sum || other.name != v.name {
			return false
		}
	}
	return true
}

// newest are the versions that serve when all of them are right.
func newest(all map[string][]*version) map[string]*version {
	result := map[string]*version{}
	for service, versions := range all {
		result[service] = versions[0]
	}
	return result
}

func copyOf(all map[string]*version) map[string]*version {
	result := map[string]*version{}
	for service, v := range all {
		result[service] = v
	}
	return result
}
