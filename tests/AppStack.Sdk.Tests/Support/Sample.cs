using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;

namespace AppStack.Sdk.Tests.Support;

/// <summary>A resource with an input and an output of every simple shape.</summary>
public sealed class Sample : CustomResource
{
    public const string Token = "sample:index:Sample";

    public Sample(string name, SampleArgs? args = null, CustomResourceOptions? options = null)
        : base(Token, name, args ?? new SampleArgs(), options)
    {
    }

    [Output("text")]
    public Output<string?> Text { get; private set; } = null!;

    [Output("number")]
    public Output<int> Number { get; private set; } = null!;

    [Output("ratio")]
    public Output<double?> Ratio { get; private set; } = null!;

    [Output("flag")]
    public Output<bool> Flag { get; private set; } = null!;

    [Output("list")]
    public Output<ImmutableArray<string>> List { get; private set; } = null!;

    [Output("map")]
    public Output<ImmutableDictionary<string, string>?> Map { get; private set; } = null!;

    [Output("any")]
    public Output<object?> Any { get; private set; } = null!;

    [Output("json")]
    public Output<JsonElement> Json { get; private set; } = null!;

    [Output("union")]
    public Output<Union<int, string>> Union { get; private set; } = null!;

    [Output("nested")]
    public Output<SampleNested?> Nested { get; private set; } = null!;

    [Output("level")]
    public Output<SampleLevel> Level { get; private set; } = null!;

    [Output("mode")]
    public Output<SampleMode?> Mode { get; private set; } = null!;

    [Output("file")]
    public Output<AssetOrArchive?> File { get; private set; } = null!;

    [Output("archive")]
    public Output<Archive?> Archive { get; private set; } = null!;

    [Output("inner")]
    public Output<Output<string>> Inner { get; private set; } = null!;

    [Output]
    public Output<string?> Unnamed { get; private set; } = null!;
}
