using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;

namespace AppStack.Sdk.Tests.Support;

public sealed class SampleArgs : ResourceArgs
{
    [Input("list")]
    private InputList<string>? _list;

    [Input("map")]
    private InputMap<string>? _map;

    [Input("anyList")]
    private InputList<object>? _anyList;

    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("number")]
    public Input<int>? Number { get; set; }

    [Input("flag")]
    public Input<bool>? Flag { get; set; }

    public InputList<string> List
    {
        get => _list ??= [];
        set => _list = value;
    }

    public InputMap<string> Map
    {
        get => _map ??= [];
        set => _map = value;
    }

    public InputList<object> AnyList
    {
        get => _anyList ??= [];
        set => _anyList = value;
    }

    [Input("nested")]
    public Input<SampleNestedArgs>? Nested { get; set; }

    [Input("raw")]
    public object? Raw { get; set; }

    [Input("level")]
    public Input<SampleLevel>? Level { get; set; }

    [Input("mode")]
    public Input<SampleMode>? Mode { get; set; }

    [Input("file")]
    public Input<AssetOrArchive>? File { get; set; }

    [Input("json")]
    public Input<JsonElement>? Json { get; set; }

    [Input("union")]
    public InputUnion<int, string>? Union { get; set; }

    [Input("asJson", json: true)]
    public Input<ImmutableDictionary<string, string>>? AsJson { get; set; }

    [Input("id")]
    public Input<string>? ReservedId { get; set; }

    [Input("urn")]
    public Input<string>? ReservedUrn { get; set; }

    public string? NotAnInput { get; set; } = "never sent";
}
