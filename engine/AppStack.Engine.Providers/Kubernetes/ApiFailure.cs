using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Words why the API server refuses something: the field, its message, and what to do about it.</summary>
internal static partial class ApiFailure
{
    /// <summary>The error of a resource.</summary>
    /// <param name="exception">What happened: an <see cref="ApiException"/>, an <see cref="UnreachableException"/> or an <see cref="UntrustedServerException"/>.</param>
    /// <param name="inputs">What was applied; its secrets are not shown.</param>
    public static ProviderException Describe(Exception exception, PropertyMap inputs)
    {
        var text = exception is ApiException refused ? Text(refused) : exception.Message;
        var message = SecretTexts.In(inputs).MaskIn(text);
        return exception is UnreachableException { MayHaveArrived: true } ? ProviderException.Unknown(message, exception) : new ProviderException(message, exception);
    }

    /// <summary>Whether an exception is one that this class words.</summary>
    public static bool Is(Exception exception) => exception is ApiException or UnreachableException or UntrustedServerException;

    /// <summary>
    /// Whether an object is to be forgotten with its cluster (<c>deleteUnreachable</c>): nobody answers any more, or another cluster does at the same address,
    /// as where a lab was made anew.
    /// </summary>
    /// <param name="exception">What happened.</param>
    /// <param name="settings">The provider's.</param>
    public static bool Forgets(Exception exception, ProviderSettings settings) => settings.DeleteUnreachable && exception is UnreachableException or UntrustedServerException;

    /// <summary>The warning with which it is.</summary>
    /// <param name="exception">What happened.</param>
    public static string Forgotten(Exception exception) => $"{exception.Message} It is dropped from the state, because deleteUnreachable is set.";

    /// <summary>Why an object must be replaced, field by field.</summary>
    public static ImmutableArray<string> Immutable(ApiException exception) =>
        [.. exception.Causes.Select(cause => $"{cause.Field}: {Value().Replace(cause.Message, "")}").Distinct(StringComparer.Ordinal)];

    private static string Text(ApiException exception)
    {
        if (exception.IsConflict)
        {
            return "fields belong to other field managers: "
                + string.Join("; ", exception.Causes.Select(cause => $"{cause.Field.TrimStart('.')} ({Owner(cause.Message)})"))
                + $". Leave them out of the program or name them in ignoreChanges, or take them over with the annotation {Manifest.PatchForce}: \"true\".";
        }

        if (exception.IsWebhookDown)
        {
            return $"an admission webhook does not answer: {exception.Message}. Repair what serves it, or its failurePolicy.";
        }

        if (exception is { IsForbidden: true, Message: var message })
        {
            return message.Contains("exceeded quota", StringComparison.Ordinal) || message.Contains("admission webhook", StringComparison.Ordinal) || message.Contains("violates PodSecurity", StringComparison.Ordinal)
                ? message
                : $"{message} (the kubeconfig's user lacks the permission)";
        }

        if (exception.IsImmutable)
        {
            return $"{string.Join("; ", Immutable(exception))}. The next `up` replaces the object.";
        }

        return exception.Status == HttpStatusCode.UnprocessableEntity && exception.Causes.Length > 0
            ? $"the API server rejects it: {string.Join("; ", exception.Causes.Select(cause => $"{cause.Field}: {cause.Message}"))}"
            : exception.Message;
    }

    private static string Owner(string message) => Manager().Match(message) is { Success: true } match ? match.Groups["manager"].Value : message;

    [GeneratedRegex("""^conflict with "(?<manager>[^"]*)".*$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Manager();

    // The value of a field can be a whole object printed in Go's way.
    [GeneratedRegex("""^(Invalid value|Forbidden): .*: (?=[^:]*$)""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Value();
}
