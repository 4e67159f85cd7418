using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>When services, storage, definitions and quotas are ready.</summary>
internal static class ClusterRules
{
    /// <summary>Somebody answers behind it, and it has its address.</summary>
    public static Verdict Service(Observation observation)
    {
        var service = observation.Object;
        var type = service.TextAt("spec", "type") ?? "ClusterIP";
        if (type == "ExternalName")
        {
            return Verdict.Ready;
        }

        if (type == "LoadBalancer" && service.MapsAt("status", "loadBalancer", "ingress").IsEmpty)
        {
            return Verdict.NotYet("no load balancer has given it an address yet");
        }

        if (service.MapAt("spec", "selector") is not { Count: > 0 } selector)
        {
            return Verdict.Ready;
        }

        return Verdict.When(
            HasEndpoints(observation, service.Name()),
            $"no ready pod has the labels {string.Join(",", selector.Select(label => $"{label.Key}={(label.Value as PropertyValue.Text)?.Value}"))}",
            PodProblems.Of(observation));
    }

    /// <summary>Its services exist and answer, and a controller has given it an address.</summary>
    public static Verdict Ingress(Observation observation)
    {
        var ingress = observation.Object;
        var backends = ingress.MapsAt("spec", "rules").SelectMany(rule => rule.MapsAt("http", "paths")).Select(path => path.MapAt("backend"))
            .Append(ingress.MapAt("spec", "defaultBackend"))
            .Select(backend => backend.TextAt("service", "name") ?? backend.TextAt("serviceName"))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        var silent = backends.Where(name => !HasEndpoints(observation, name)).Select(name => $"the service {name} has no ready pods, or does not exist").ToList();
        return ingress.MapsAt("status", "loadBalancer", "ingress").IsEmpty
            ? Verdict.NotYet("no ingress controller has given it an address yet", silent)
            : Verdict.When(silent.Count == 0, "not all of its services answer", silent);
    }

    /// <summary>It has a volume, or gets one when a pod wants it.</summary>
    public static Verdict PersistentVolumeClaim(Observation observation)
    {
        var claim = observation.Object;
        var name = claim.TextAt("spec", "storageClassName");
        var waits = observation.StorageClasses.Any(storage => storage.Name() == name && storage.TextAt("volumeBindingMode") == "WaitForFirstConsumer");
        return claim.TextAt("status", "phase") == "Lost"
            ? Verdict.Failed("its volume is lost")
            : Verdict.When(
                claim.TextAt("status", "phase") == "Bound" || waits,
                "no volume is bound to it yet",
                name is { Length: > 0 } && observation.StorageClasses.All(storage => storage.Name() != name) ? [$"there is no storage class {name}"] : PodProblems.NotMade(observation));
    }

    public static Verdict PersistentVolume(Observation observation) =>
        Verdict.When(observation.Object.TextAt("status", "phase") is "Available" or "Bound", $"the volume is {observation.Object.TextAt("status", "phase") ?? "new"}");

    /// <summary>Objects of its kind can be made.</summary>
    public static Verdict CustomResourceDefinition(Observation observation)
    {
        var definition = observation.Object;
        return definition.Condition("NamesAccepted") is { } names && names.TextAt("status") == "False"
            ? Verdict.NotYet("its names are not accepted", names.TextAt("message") ?? "")
            : Verdict.When(definition.Condition("Established")?.TextAt("status") == "True", "its kind is not served yet");
    }

    /// <summary>Its limits hold: until then pods that it would count are refused.</summary>
    public static Verdict ResourceQuota(Observation observation)
    {
        var (wanted, held) = (observation.Object.MapAt("spec", "hard"), observation.Object.MapAt("status", "hard"));
        return Verdict.When(
            wanted.All(limit => limit.Value is not PropertyValue.Text text || (held.TextAt(limit.Key) is { } value && (value == text.Value || Quantity.AreSame(value, text.Value)))),
            "its limits do not hold yet");
    }

    /// <summary>A token that was asked for is there.</summary>
    public static Verdict Secret(Observation observation) => Verdict.When(
        observation.Object.TextAt("type") != "kubernetes.io/service-account-token" || observation.Object.TextAt("data", "token") is { Length: > 0 }, "its token is not there yet");

    private static bool HasEndpoints(Observation observation, string service) =>
        observation.Endpoints.Any(endpoints => endpoints.Name() == service && endpoints.MapsAt("subsets").Any(subset => !subset.MapsAt("addresses").IsEmpty));
}
