package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"path/filepath"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// largestReview is what etcd takes of an object, and what is around it.
const largestReview = 4 << 20

// serveWebhook answers the API server, which asks about every route before it is made, in a preview too.
func (a *agent) serveWebhook(address, certificates string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/admit", a.review)
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: 5 * time.Second, TLSConfig: &tls.Config{
		MinVersion: tls.VersionTLS12,
		// Read for each connection, of which there are few: a renewed certificate is used at once.
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			pair, err := tls.LoadX509KeyPair(filepath.Join(certificates, corev1.TLSCertKey), filepath.Join(certificates, corev1.TLSPrivateKeyKey))
			return &pair, err
		},
	}}
	return server.ListenAndServeTLS("", "")
}

func (a *agent) review(w http.ResponseWriter, r *http.Request) {
	var review admissionv1.AdmissionReview
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestReview)).Decode(&review); err != nil || review.Request == nil {
		http.Error(w, fmt.Sprintf("no review: %v", err), http.StatusBadRequest)
		return
	}
	response := &admissionv1.AdmissionResponse{UID: review.Request.UID, Allowed: true}
	var object corev1.ConfigMap
	err := json.Unmarshal(review.Request.Object.Raw, &object)
	if err == nil {
		err = a.admit(&object)
	}
	if err != nil {
		log.Printf("the route %s is refused: %v", review.Request.Name, err)
		response.Allowed = false
		response.Result = &metav1.Status{Status: metav1.StatusFailure, Reason: metav1.StatusReasonBadRequest, Code: http.StatusBadRequest, Message: err.Error()}
	}
	review.Request, review.Response = nil, response
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(review)
}
