using OpenTelemetry.Metrics;

namespace Dilosi.Runtime;

/// <summary>Which meters are shown to Prometheus.</summary>
internal static class MetricsServices
{
    public static void AddDilosiMetrics(this IServiceCollection services)
    {
        services.AddSingleton<DilosiMetrics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(DilosiMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
            .AddPrometheusExporter());
    }
}
