namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Where the engine finds and leaves its files.</summary>
public sealed record WafPaths
{
    /// <summary>The folder of the files that <see cref="WafEngineRenderer.Files"/> makes. Default: <c>/etc/nginx/waf</c>.</summary>
    public string Folder { get; init; } = "/etc/nginx/waf";

    /// <summary>
    /// The folder with CRS' rules as <see cref="CrsScript"/> writes them: <c>crs-1.conf</c> to <c>crs-4.conf</c>. Default:
    /// <c>/usr/share/appstack/crs</c>.
    /// </summary>
    public string CrsFolder { get; init; } = "/usr/share/appstack/crs";

    /// <summary>The file to which audit events are appended, a line of JSON each. Default: <c>/var/log/nginx/waf.json</c>.</summary>
    public string AuditLog { get; init; } = "/var/log/nginx/waf.json";

    /// <summary>A folder that the engine may write to. Default: <c>/tmp</c>.</summary>
    public string Temporary { get; init; } = "/tmp";

    /// <summary>The map of characters; part of Debian's module. Default: <c>/etc/nginx/unicode.mapping</c>.</summary>
    public string UnicodeMap { get; init; } = "/etc/nginx/unicode.mapping";
}
