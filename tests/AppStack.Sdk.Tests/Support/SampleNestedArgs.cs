using Pulumi;

namespace AppStack.Sdk.Tests.Support;

public sealed class SampleNestedArgs : ResourceArgs
{
    [Input("host", required: true)]
    public Input<string> Host { get; set; } = null!;

    [Input("port")]
    public Input<int>? Port { get; set; }
}
