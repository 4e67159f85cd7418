namespace Dilosi.Runtime;

/// <summary>What the platform asks: is it alive, is it ready, how does it do. On a port of its own, whatever the Host header says.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this WebApplication application, DilosiOptions options) =>
        application.MapWhen(
            context => context.Connection.LocalPort == options.OperationsPort,
            operations =>
            {
                operations.UseOpenTelemetryPrometheusScrapingEndpoint();
                operations.Run(AnswerAsync);
            });

    private static async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/healthz":
                await context.Response.WriteAsync("ok\n");
                break;
            case "/readyz":
                var whyNot = await context.RequestServices.GetRequiredService<Readiness>().WhyNotAsync(context.RequestAborted);
                context.Response.StatusCode = whyNot is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsync($"{whyNot ?? "ok"}\n");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
