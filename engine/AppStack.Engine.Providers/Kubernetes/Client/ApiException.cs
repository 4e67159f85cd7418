using System.Collections.Immutable;
using System.Net;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>The API server refused a request.</summary>
internal sealed class ApiException : Exception
{
    private ApiException(HttpStatusCode status, string reason, string message, ImmutableArray<ApiCause> causes)
        : base(message)
    {
        Status = status;
        Reason = reason;
        Causes = causes;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The API's word for it: <c>Invalid</c>, <c>Conflict</c>, <c>Forbidden</c>.</summary>
    public string Reason { get; }

    /// <summary>Field by field, where the API server says it.</summary>
    public ImmutableArray<ApiCause> Causes { get; }

    /// <summary>Whether what is asked for does not exist.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>Whether the namespace that the object belongs to does not exist.</summary>
    public bool IsNamespaceMissing => IsNotFound && Message.Contains("namespaces \"", StringComparison.Ordinal);

    /// <summary>Whether fields belong to other field managers.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict && Causes.Any(cause => cause.Reason == "FieldManagerConflict");

    /// <summary>Whether access control or a quota says no.</summary>
    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>Whether a webhook could not be asked.</summary>
    public bool IsWebhookDown => Message.Contains("failed calling webhook", StringComparison.Ordinal) || Message.Contains("failed calling admission webhook", StringComparison.Ordinal);

    /// <summary>Whether all that is wrong is that fields of an existing object cannot be changed.</summary>
    public bool IsImmutable => Status == HttpStatusCode.UnprocessableEntity && Causes.Length > 0 && Causes.All(IsOfImmutableField);

    /// <summary>Reads a failed response; the body is a Status object, or anything that stands between sends.</summary>
    public static ApiException Of(HttpStatusCode status, PropertyMap? body, string text)
    {
        if (body?.TextAt("kind") != "Status")
        {
            var start = text.Length > 300 ? text[..300] : text;
            return new ApiException(status, "", $"HTTP {(int)status}{(start.Length > 0 ? ": " : "")}{start.Trim()}", []);
        }

        var causes = body.MapsAt("details", "causes").Select(cause => new ApiCause(cause.TextAt("reason") ?? "", cause.TextAt("field") ?? "", cause.TextAt("message") ?? ""));
        return new ApiException(status, body.TextAt("reason") ?? "", body.TextAt("message") ?? $"HTTP {(int)status}", [.. causes]);
    }

    // The API server has one reason for "wrong" and "cannot be changed"; only its words tell them apart.
    private static bool IsOfImmutableField(ApiCause cause) => cause.Reason switch
    {
        "FieldValueInvalid" => Says(cause, "immutable") || Says(cause, "may not change") || Says(cause, "may not be changed") || Says(cause, "cannot change"),
        "FieldValueForbidden" => Says(cause, "immutable") || Says(cause, "updates to ") || Says(cause, "may not change") || Says(cause, "may not be changed"),
        _ => false,
    };

    private static bool Says(ApiCause cause, string words) => cause.Message.Contains(words, StringComparison.Ordinal);
}
