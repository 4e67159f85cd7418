using System.Globalization;

namespace Pulumi.Kubernetes.Types.Inputs.Provider;

/// <summary>Limits of the client that speaks to the API server.</summary>
public class KubeClientSettingsArgs : ResourceArgs
{
    /// <summary>Limits of the client; those that have an environment variable begin with its value.</summary>
    public KubeClientSettingsArgs()
    {
        Burst = int.TryParse(Utilities.Variable("PULUMI_K8S_CLIENT_BURST"), CultureInfo.InvariantCulture, out var burst) ? (Input<int>)burst : null;
        Qps = double.TryParse(Utilities.Variable("PULUMI_K8S_CLIENT_QPS"), CultureInfo.InvariantCulture, out var qps) ? (Input<double>)qps : null;
        Timeout = int.TryParse(Utilities.Variable("PULUMI_K8S_CLIENT_TIMEOUT"), CultureInfo.InvariantCulture, out var timeout) ? (Input<int>)timeout : null;
    }

    /// <summary>New arguments without values.</summary>
    public static new KubeClientSettingsArgs Empty => new();

    /// <summary>How many requests may go out at once before <see cref="Qps"/> limits them; 120 by default.</summary>
    [Input("burst")]
    public Input<int>? Burst { get; set; }

    /// <summary>Requests per second; 50 by default.</summary>
    [Input("qps")]
    public Input<double>? Qps { get; set; }

    /// <summary>Time limit of one request, in seconds; 32 by default.</summary>
    [Input("timeout")]
    public Input<int>? Timeout { get; set; }
}
