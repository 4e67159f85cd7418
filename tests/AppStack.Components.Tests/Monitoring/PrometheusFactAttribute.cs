namespace AppStack.Components.Tests.Monitoring;

/// <summary>A test that asks the real Prometheus and its tools; <c>./appstack test</c> installs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (!File.Exists("/usr/bin/promtool") || !File.Exists("/usr/bin/amtool"))
        {
            Skip = "The packages prometheus and prometheus-alertmanager are not installed; ./appstack test installs them.";
        }
    }
}
