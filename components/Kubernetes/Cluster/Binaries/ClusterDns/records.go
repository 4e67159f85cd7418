package main

import (
	"fmt"
	"net"
	"strings"

	"github.com/miekg/dns"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	corelisters "k8s.io/client-go/listers/core/v1"
)

// timeToLive of answers, in seconds; as short as what other cluster DNS servers use, because services come and go.
const timeToLive = 5

// records answers from the cluster's objects, as the specification "Kubernetes DNS-Based Service Discovery" 1.1 says.
type records struct {
	zone      string // with a trailing dot
	services  corelisters.ServiceLister
	endpoints corelisters.EndpointsLister
}

// lookup returns the records of a name; found says whether the name exists, with whatever type.
func (r *records) lookup(name string, kind uint16) (answers []dns.RR, found bool) {
	labels := strings.Split(strings.TrimSuffix(strings.TrimSuffix(name, r.zone), "."), ".")
	switch {
	case name == r.zone:
		return nil, true
	case name == "dns-version."+r.zone:
		return r.text(name, kind, "1.1.0"), true
	case labels[len(labels)-1] == "svc":
		return r.service(name, kind, labels[:len(labels)-1])
	case labels[len(labels)-1] == "pod" && len(labels) == 3:
		address := net.ParseIP(strings.ReplaceAll(labels[0], "-", "."))
		return r.addresses(name, kind, address), address != nil
	}
	return nil, false
}

// service answers [[port protocol] or endpoint] service namespace.
func (r *records) service(name string, kind uint16, path []string) ([]dns.RR, bool) {
	if len(path) < 2 {
		return nil, len(path) == 0 // "svc" itself has names below it
	}
	namespace, name2, rest := path[len(path)-1], path[len(path)-2], path[:len(path)-2]
	service, err := r.services.Services(namespace).Get(name2)
	if err != nil {
		return nil, false
	}
	switch len(rest) {
	case 0:
		if service.Spec.Type == corev1.ServiceTypeExternalName {
			return []dns.RR{&dns.CNAME{Hdr: header(name, dns.TypeCNAME), Target: dns.Fqdn(service.Spec.ExternalName)}}, true
		}
		if service.Spec.ClusterIP != corev1.ClusterIPNone {
			return r.addresses(name, kind, net.ParseIP(service.Spec.ClusterIP)), true
		}
		var answers []dns.RR
		r.eachEndpoint(service, func(address corev1.EndpointAddress, _ []corev1.EndpointPort) {
			answers = append(answers, r.addresses(name, kind, net.ParseIP(address.IP))...)
		})
		return answers, true
	case 1:
		var answers []dns.RR
		found := false
		r.eachEndpoint(service, func(address corev1.EndpointAddress, _ []corev1.EndpointPort) {
			if endpointName(address) == rest[0] {
				found = true
				answers = append(answers, r.addresses(name, kind, net.ParseIP(address.IP))...)
			}
		})
		return answers, found && service.Spec.ClusterIP == corev1.ClusterIPNone
	case 2:
		return r.ports(name, kind, service, rest[0], rest[1])
	}
	return nil, false
}

// ports answers _name._protocol: the service's own address, or one record for each endpoint of a headless service.
func (r *records) ports(name string, kind uint16, service *corev1.Service, port, protocol string) ([]dns.RR, bool) {
	var answers []dns.RR
	domain := fmt.Sprintf("%s.%s.svc.%s", service.Name, service.Namespace, r.zone)
	if service.Spec.ClusterIP != corev1.ClusterIPNone {
		for _, p := range service.Spec.Ports {
			if matches(port, protocol, p.Name, p.Protocol) {
				answers = append(answers, pointer(name, uint16(p.Port), domain))
			}
		}
	} else {
		r.eachEndpoint(service, func(address corev1.EndpointAddress, ports []corev1.EndpointPort) {
			for _, p := range ports {
				if matches(port, protocol, p.Name, p.Protocol) {
					answers = append(answers, pointer(name, uint16(p.Port), endpointName(address)+"."+domain))
				}
			}
		})
	}
	found := len(answers) > 0
	if kind != dns.TypeSRV && kind != dns.TypeANY {
		answers = nil
	}
	return answers, found
}

// reverse answers x.x.x.x.in-addr.arpa. for services and the endpoints of headless services.
func (r *records) reverse(name string) []dns.RR {
	parts := strings.Split(strings.TrimSuffix(name, ".in-addr.arpa."), ".")
	if len(parts) != 4 {
		return nil
	}
	address := strings.Join([]string{parts[3], parts[2], parts[1], parts[0]}, ".")
	services, err := r.services.List(labels.Everything())
	if err != nil {
		return nil
	}
	var answers []dns.RR
	for _, service := range services {
		domain := fmt.Sprintf("%s.%s.svc.%s", service.Name, service.Namespace, r.zone)
		if service.Spec.ClusterIP == address {
			return []dns.RR{&dns.PTR{Hdr: header(name, dns.TypePTR), Ptr: domain}}
		}
		if service.Spec.ClusterIP == corev1.ClusterIPNone {
			r.eachEndpoint(service, func(found corev1.EndpointAddress, _ []corev1.EndpointPort) {
				if found.IP == address {
					answers = append(answers, &dns.PTR{Hdr: header(name, dns.TypePTR), Ptr: endpointName(found) + "." + domain})
				}
			})
		}
	}
	return answers
}

func (r *records) eachEndpoint(service *corev1.Service, visit func(corev1.EndpointAddress, []corev1.EndpointPort)) {
	endpoints, err := r.endpoints.Endpoints(service.Namespace).Get(service.Name)
	if err != nil {
		return
	}
	for _, subset := range endpoints.Subsets {
		addresses := subset.Addresses
		if service.Spec.PublishNotReadyAddresses {
			addresses = append(append([]corev1.EndpointAddress{}, addresses...), subset.NotReadyAddresses...)
		}
		for _, address := range addresses {
			visit(address, subset.Ports)
		}
	}
}

func (r *records) addresses(name string, kind uint16, address net.IP) []dns.RR {
	v4 := address.To4()
	switch {
	case v4 != nil && (kind == dns.TypeA || kind == dns.TypeANY):
		return []dns.RR{&dns.A{Hdr: header(name, dns.TypeA), A: v4}}
	case v4 == nil && address != nil && (kind == dns.TypeAAAA || kind == dns.TypeANY):
		return []dns.RR{&dns.AAAA{Hdr: header(name, dns.TypeAAAA), AAAA: address}}
	}
	return nil
}

func (r *records) text(name string, kind uint16, value string) []dns.RR {
	if kind != dns.TypeTXT && kind != dns.TypeANY {
		return nil
	}
	return []dns.RR{&dns.TXT{Hdr: header(name, dns.TypeTXT), Txt: []string{value}}}
}

// authority goes with answers that say "no": resolvers may remember them for as long as it says.
func (r *records) authority() dns.RR {
	return &dns.SOA{Hdr: header(r.zone, dns.TypeSOA), Ns: "ns.dns." + r.zone, Mbox: "hostmaster." + r.zone, Serial: 1,
		Refresh: 7200, Retry: 1800, Expire: 86400, Minttl: timeToLive}
}

func endpointName(address corev1.EndpointAddress) string {
	if address.Hostname != "" {
		return address.Hostname
	}
	return strings.NewReplacer(".", "-", ":", "-").Replace(address.IP)
}

func matches(port, protocol, name string, kind corev1.Protocol) bool {
	return port == "_"+name && protocol == "_"+strings.ToLower(string(kind))
}

func pointer(name string, port uint16, target string) dns.RR {
	return &dns.SRV{Hdr: header(name, dns.TypeSRV), Weight: 100, Port: port, Target: target}
}

func header(name string, kind uint16) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: timeToLive}
}
