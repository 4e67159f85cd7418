using Pulumi;

namespace AppStack.Sdk.Tests.Support;

/// <summary>A component with children that the test makes.</summary>
public sealed class Group : ComponentResource
{
    public const string Token = "sample:index:Group";

    public Group(string name, Action<Group>? children = null, ComponentResourceOptions? options = null, ResourceArgs? args = null)
        : base(Token, name, args, options)
    {
        children?.Invoke(this);
        Exported = Output.Create("exported by " + name);
        Renamed = Output.Create(1);
        RegisterOutputs();
    }

    [Output]
    public Output<string> Exported { get; set; }

    [Output("other")]
    public Output<int> Renamed { get; set; }
}
