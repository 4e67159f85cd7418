using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>Why pods are not ready, in words: not scheduled, no image, crashing, probe failing, and not even made (quota, admission).</summary>
internal static class PodProblems
{
    private static readonly string[] ImageReasons = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "RegistryUnavailable", "ImageInspectError"];

    private static readonly string[] NotMadeReasons = ["FailedCreate", "FailedDaemonPod", "FailedScheduling", "ProvisioningFailed"];

    /// <summary>Problems of all pods that are not ready.</summary>
    public static IEnumerable<string> Of(Observation observation) => observation.Pods.Where(pod => !IsReady(pod)).SelectMany(pod => OfPod(pod, observation.Events));

    /// <summary>That pods cannot be made, as the controller of the object says in its last warning.</summary>
    public static IEnumerable<string> NotMade(Observation observation)
    {
        var uid = observation.Object.TextAt("metadata", "uid");
        var last = observation.Events
            .Where(warning => warning.TextAt("involvedObject", "uid") == uid && NotMadeReasons.Contains(warning.TextAt("reason")))
            .MaxBy(Time, StringComparer.Ordinal);
        return last is null ? [] : [Shorten(last.TextAt("message"))];
    }

    /// <summary>Whether a pod answers, or has done what it had to do.</summary>
    public static bool IsReady(PropertyMap pod) => pod.Condition("Ready")?.TextAt("status") == "True" || pod.TextAt("status", "phase") == "Succeeded";

    private static IEnumerable<string> OfPod(PropertyMap pod, ImmutableArray<PropertyMap> events)
    {
        var name = pod.Name();
        if (pod.Condition("PodScheduled") is { } scheduled && scheduled.TextAt("status") == "False")
        {
            yield return $"pod {name} is not scheduled: {Shorten(scheduled.TextAt("message"))}";
            yield break;
        }

        if (pod.TextAt("status", "phase") == "Failed")
        {
            yield return $"pod {name} failed: {pod.TextAt("status", "reason")} {Shorten(pod.TextAt("status", "message"))}".TrimEnd(' ', ':');
        }

        foreach (var container in pod.MapsAt("status", "initContainerStatuses").Concat(pod.MapsAt("status", "containerStatuses")))
        {
            if (OfContainer(name, container) is { } problem)
            {
                yield return problem;
            }
        }

        var uid = pod.TextAt("metadata", "uid");
        foreach (var warning in events.Where(warning => warning.TextAt("involvedObject", "uid") == uid && warning.TextAt("reason") is "Unhealthy" or "FailedMount" or "FailedCreatePodSandBox")
            .GroupBy(warning => warning.TextAt("reason"), StringComparer.Ordinal)
            .Select(warnings => warnings.MaxBy(Time, StringComparer.Ordinal)!))
        {
            yield return $"pod {name}: {Shorten(warning.TextAt("message"))}";
        }
    }

    private static string? OfContainer(string pod, PropertyMap status)
    {
        var container = status.TextAt("name");
        if (status.MapAt("state", "waiting") is { Count: > 0 } waiting && waiting.TextAt("reason") is { } reason)
        {
            if (ImageReasons.Contains(reason))
            {
                return $"pod {pod}: the image {status.TextAt("image")} cannot be pulled: {reason}: {Shorten(waiting.TextAt("message"))}".TrimEnd(' ', ':');
            }

            if (reason == "CrashLoopBackOff")
            {
                var last = status.MapAt("lastState", "terminated");
                return $"pod {pod}: the container {container} crashes ({status.NumberAt("restartCount")} restarts): {Ended(last)}";
            }

            return reason is "ContainerCreating" or "PodInitializing" ? null : $"pod {pod}: the container {container} does not start: {reason}: {Shorten(waiting.TextAt("message"))}".TrimEnd(' ', ':');
        }

        return status.MapAt("state", "terminated") is { Count: > 0 } ended && ended.NumberAt("exitCode") != 0 ? $"pod {pod}: the container {container} ended: {Ended(ended)}" : null;
    }

    private static string Ended(PropertyMap terminated) =>
        $"exit status {terminated.NumberAt("exitCode")}, {terminated.TextAt("reason")} {Shorten(terminated.TextAt("message"))}".TrimEnd(' ', ',');

    private static string Time(PropertyMap warning) =>
        warning.TextAt("lastTimestamp") ?? warning.TextAt("eventTime") ?? warning.TextAt("metadata", "creationTimestamp") ?? "";

    private static string Shorten(string? message) => message is not { Length: > 400 } ? message?.Trim() ?? "" : message[..400] + "...";
}
