using AppStack.Components.Kubernetes.Ingress.DebianNginx;
using AppStack.Components.Kubernetes.Ingress.IngressNginx;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>The programs that there are.</summary>
public static class IngressControllers
{
    /// <summary>The program of a kind.</summary>
    public static IIngressController Of(IngressControllerKind kind) => kind switch
    {
        IngressControllerKind.DebianNginx => new DebianNginxController(),
        IngressControllerKind.IngressNginx => new IngressNginxController(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such ingress controller."),
    };
}
