namespace Dilosi.Runtime;

/// <summary>
/// One line per request, with the id that the ingress gave it. It names the route, not the path: a path holds a code, and whoever has a
/// code has the document.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider clock)
{
    private const string RequestIdHeader = "X-Request-ID";
    private const int LongestRequestId = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[RequestIdHeader].ToString();
        var id = given.Length is > 0 and <= LongestRequestId && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? given : context.TraceIdentifier;
        context.Response.Headers[RequestIdHeader] = id;
        using var scope = log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["requestId"] = id });
        var start = clock.GetTimestamp();
        await next(context);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
        Answered(log, context.Request.Method, route, context.Response.StatusCode, clock.GetElapsedTime(start).TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger log, string method, string route, int status, double milliseconds);
}
