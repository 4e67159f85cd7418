using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AppStack.Operations.Waf;

/// <summary>A request as a test says it.</summary>
public sealed record WafRequest
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The method. Default: GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Path and query, as they are sent. Default: <c>/</c>.</summary>
    public string Uri { get; init; } = "/";

    /// <summary>The version. Default: HTTP/1.1.</summary>
    public string Version { get; init; } = "HTTP/1.1";

    /// <summary>Headers, in their order.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body. Default: none.</summary>
    public string Data { get; init; } = "";

    /// <summary>Whether the request is sent as written, without the headers that a body needs. Default: false.</summary>
    public bool StopMagic { get; init; }

    /// <summary>The whole request, byte by byte, instead of all that; null: none. Default: null.</summary>
    public ImmutableArray<byte>? Raw { get; init; }

    /// <summary>
    /// The bytes to send, with what CRS' own runner (ftw) adds unless a test stops its magic: the type and length of a body, and the encoding of a
    /// form that is not encoded yet.
    /// </summary>
    public byte[] ToBytes()
    {
        if (Raw is { } raw)
        {
            return [.. raw];
        }

        var (headers, data) = (Headers.ToList(), Data);
        if (data.Length > 0 && !StopMagic)
        {
            if (Find(headers, "Content-Type") is null)
            {
                headers.Add(new("Content-Type", Form));
            }

            if (Find(headers, "Content-Type") == Form && System.Uri.UnescapeDataString(data) == data)
            {
                data = Encoded(data);
            }

            if (Find(headers, "Content-Length") is null)
            {
                headers.Add(new("Content-Length", Encoding.UTF8.GetByteCount(data).ToString(CultureInfo.InvariantCulture)));
            }
        }

        var text = new StringBuilder($"{Method} {Uri} {Version}\r\n");
        foreach (var (name, value) in headers)
        {
            text.Append($"{name}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(data).ToString());
    }

    private static string? Find(IEnumerable<KeyValuePair<string, string>> headers, string name) =>
        headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    // As Python's parse_qsl and urlencode: arguments without a value fall away; a form of which nothing is left is sent as it is.
    private static string Encoded(string form)
    {
        var arguments = form.Split('&').Select(argument => argument.Split('=', 2)).Where(parts => parts.Length == 2 && parts[1].Length > 0).ToList();
        return arguments.Count == 0 ? form : string.Join('&', arguments.Select(parts => $"{Escape(parts[0])}={Escape(parts[1])}"));
    }

    private static string Escape(string text) => System.Uri.EscapeDataString(text.Replace('+', ' ')).Replace("%20", "+", StringComparison.Ordinal);
}
