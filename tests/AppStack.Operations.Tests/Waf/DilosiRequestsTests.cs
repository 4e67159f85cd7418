using System.Runtime.CompilerServices;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Operations.Waf;
using AppStack.Stacks.Services;

namespace AppStack.Operations.Tests.Waf;

/// <summary>The sample service's own request files, as <c>appstack waf test dilosi</c> sends them.</summary>
public sealed class DilosiRequestsTests
{
    [WafFact]
    public async Task All_are_answered_as_expected()
    {
        var root = Root();
        var definition = ServiceFiles.Find(root, "dilosi").Read();
        var service = new WafService { Name = definition.Spec.Name, Team = definition.Spec.Team, Spec = definition.Spec.Waf };
        var tests = WafTestRun.Read(WafTestRun.FilesIn(Path.Combine(ServiceFiles.Folder(root), "dilosi", "waf")), root);

        var results = await WafTestRun.RunAsync(service, new(), tests, CancellationToken.None);

        Assert.InRange(results.Length, 12, 100);
        Assert.Empty(results.SelectMany(result => result.Unmet));
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
