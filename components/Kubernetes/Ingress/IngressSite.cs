using AppStack.Components.Certificates;
using Pulumi;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Where objects of an ingress are declared.</summary>
/// <param name="Name">What the names of the resources begin with.</param>
/// <param name="Owner">The component that they belong to.</param>
/// <param name="Options">Their options: parent, provider, and what they depend on.</param>
/// <param name="Authority">The authority that issues certificates; null: there is none.</param>
public sealed record IngressSite(string Name, ComponentResource Owner, CustomResourceOptions Options, PrivateAuthority? Authority);
