using System.Collections.Immutable;
using Pulumi;

namespace AppStack.Sdk.Tests.Support;

[OutputType]
public sealed class SampleNested
{
    public readonly string Host;
    public readonly int? Port;
    public readonly ImmutableArray<string> Tags;

    [OutputConstructor]
    private SampleNested(string host, int? port, [OutputConstructorParameter("labels")] ImmutableArray<string> tags)
    {
        Host = host;
        Port = port;
        Tags = tags;
    }
}
