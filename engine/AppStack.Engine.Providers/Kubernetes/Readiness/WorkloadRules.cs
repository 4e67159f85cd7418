using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>When workloads are ready.</summary>
internal static class WorkloadRules
{
    /// <summary>The new pods are available and the old ones are gone.</summary>
    public static Verdict Deployment(Observation observation)
    {
        var deployment = observation.Object;
        if (IsStale(deployment) || deployment.IsTrueAt("spec", "paused"))
        {
            return deployment.IsTrueAt("spec", "paused") ? Verdict.Ready : NotSeen;
        }

        var wanted = deployment.FindNumberAt("spec", "replicas") ?? 1;
        var (updated, available, all) = (deployment.NumberAt("status", "updatedReplicas"), deployment.NumberAt("status", "availableReplicas"), deployment.NumberAt("status", "replicas"));
        var failure = deployment.Condition("ReplicaFailure") is { } condition && condition.TextAt("status") == "True" ? condition.TextAt("message") : null;
        return Verdict.When(
            updated >= wanted && all == updated && available >= wanted,
            all > updated && available >= wanted
                ? $"{updated} of {wanted} replicas are updated, {all - updated} old ones are not gone yet"
                : $"{Math.Min(available, updated)} of {wanted} replicas are available",
            [.. failure is null ? Array.Empty<string>() : [failure], .. PodProblems.Of(observation)]);
    }

    /// <summary>All pods are ready, and updated except those that a partition keeps back.</summary>
    public static Verdict StatefulSet(Observation observation)
    {
        var set = observation.Object;
        if (IsStale(set))
        {
            return NotSeen;
        }

        var wanted = set.FindNumberAt("spec", "replicas") ?? 1;
        var ready = set.NumberAt("status", "readyReplicas");
        var updates = set.TextAt("spec", "updateStrategy", "type") != "OnDelete";
        var toUpdate = Math.Max(0, wanted - set.NumberAt("spec", "updateStrategy", "rollingUpdate", "partition"));
        var updated = set.TextAt("status", "currentRevision") == set.TextAt("status", "updateRevision") ? wanted : set.NumberAt("status", "updatedReplicas");
        return Verdict.When(
            ready >= wanted && set.NumberAt("status", "replicas") == wanted && (!updates || updated >= toUpdate),
            ready >= wanted ? $"{updated} of {toUpdate} replicas are updated" : $"{ready} of {wanted} replicas are ready",
            PodProblems.NotMade(observation).Concat(PodProblems.Of(observation)));
    }

    /// <summary>Every node that should have a pod has an updated one that is ready.</summary>
    public static Verdict DaemonSet(Observation observation)
    {
        var set = observation.Object;
        if (IsStale(set))
        {
            return NotSeen;
        }

        var wanted = set.NumberAt("status", "desiredNumberScheduled");
        var updated = set.TextAt("spec", "updateStrategy", "type") == "OnDelete" ? wanted : set.NumberAt("status", "updatedNumberScheduled");
        var available = set.NumberAt("status", "numberAvailable");
        return Verdict.When(
            updated >= wanted && available >= wanted,
            updated < wanted ? $"{updated} of {wanted} nodes have the new pod" : $"{available} of {wanted} pods are available",
            PodProblems.NotMade(observation).Concat(PodProblems.Of(observation)));
    }

    /// <summary>It has done its work.</summary>
    public static Verdict Job(Observation observation)
    {
        var job = observation.Object;
        if (job.IsTrueAt("spec", "suspend") || job.Condition("Complete")?.TextAt("status") == "True")
        {
            return Verdict.Ready;
        }

        var problems = PodProblems.NotMade(observation).Concat(PodProblems.Of(observation));
        return job.Condition("Failed") is { } failed && failed.TextAt("status") == "True"
            ? Verdict.Failed($"the job failed: {failed.TextAt("reason")}: {failed.TextAt("message")}", problems)
            : Verdict.NotYet($"{job.NumberAt("status", "succeeded")} of {job.FindNumberAt("spec", "completions") ?? 1} completions", problems);
    }

    /// <summary>It answers, or has done its work.</summary>
    public static Verdict Pod(Observation observation)
    {
        var pod = observation.Object;
        var problems = PodProblems.Of(observation with { Pods = [pod] });
        return pod.TextAt("status", "phase") == "Failed" && pod.TextAt("spec", "restartPolicy") != "Always"
            ? Verdict.Failed("the pod failed", problems)
            : Verdict.When(PodProblems.IsReady(pod), $"the pod is {pod.TextAt("status", "phase") ?? "new"} and not ready", problems);
    }

    private static Verdict NotSeen { get; } = Verdict.NotYet("its controller has not seen it yet");

    private static bool IsStale(PropertyMap workload) => workload.NumberAt("status", "observedGeneration") < workload.NumberAt("metadata", "generation");
}
