using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>What holds for a service that says nothing.</summary>
public static class WafDefaults
{
    /// <summary>Methods; CRS 3.3.4, rule 901160.</summary>
    public static ImmutableArray<string> Methods { get; } = ["GET", "HEAD", "POST", "OPTIONS"];

    /// <summary>Media types of request bodies: what forms and APIs send. CRS (rule 901162) allows XML and SOAP too, which few services read.</summary>
    public static ImmutableArray<string> ContentTypes { get; } = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    /// <summary>Media types of responses; those of Debian's modsecurity.conf, and JSON, in which APIs tell their errors.</summary>
    public static ImmutableArray<string> ResponseTypes { get; } = ["application/json", "text/html", "text/plain", "text/xml"];
}
