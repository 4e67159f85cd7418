using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Tests.Nodes;

/// <summary>Machines for tests of components.</summary>
internal static class ExampleNode
{
    public static BareMetalNode Named(string name) => new(name, new()
    {
        Address = "10.1.0.1",
        PrivateKey = Output.CreateSecret("key"),
        HostKey = "ssh-ed25519 AAAA",
        Machine = $"disk-{name}",
    });
}
