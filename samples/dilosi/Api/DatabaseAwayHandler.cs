using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Polly.Timeout;

namespace Dilosi.Api;

/// <summary>
/// The database stayed away for as long as requests wait: the client is told when to come back. Whoever issues uses the same Idempotency-Key and gets the
/// document even when it was issued without an answer.
/// </summary>
internal sealed class DatabaseAwayHandler : IExceptionHandler
{
    /// <summary>A leader that is lost is followed by another one within 12 s, and the request has waited 15 s already.</summary>
    private const string Seconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (NpgsqlException or TimeoutException or TimeoutRejectedException))
        {
            return false;
        }

        httpContext.Response.Headers.RetryAfter = Seconds;
        await Results.Problem("The documents cannot be reached at the moment. Try again with the same Idempotency-Key.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);
        return true;
    }
}
