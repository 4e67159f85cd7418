namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomId"/>.</summary>
public sealed class RandomIdArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomId"/>.</summary>
    public RandomIdArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomIdArgs Empty => new();

    /// <summary>The number of random bytes.</summary>
    [Input("byteLength", required: true)]
    public Input<int> ByteLength { get; set; } = null!;

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>A text to put before the random value.</summary>
    [Input("prefix")]
    public Input<string>? Prefix { get; set; }
}
