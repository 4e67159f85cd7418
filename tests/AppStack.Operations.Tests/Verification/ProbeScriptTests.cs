using AppStack.Components.Nodes.Bundles;
using AppStack.Operations.Verification;
using AppStack.Testing;

namespace AppStack.Operations.Tests.Verification;

public sealed class ProbeScriptTests
{
    [Fact]
    public void The_script_of_each_role()
    {
        foreach (var node in ProbeData.All.Append(MonitoringEvaluatorTests.Node).Append(VerifierTests.Pooler))
        {
            var drift = DriftCheck.Script.TrimEnd('\n');
            Snapshot.Verify(ProbeScript.Render(node).Replace(drift, "(the drift check of the components)", StringComparison.Ordinal), "sh", node.Name);
        }
    }
}
