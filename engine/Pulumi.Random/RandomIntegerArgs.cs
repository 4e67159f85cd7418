namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomInteger"/>.</summary>
public sealed class RandomIntegerArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomInteger"/>.</summary>
    public RandomIntegerArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomIntegerArgs Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The largest value, included.</summary>
    [Input("max", required: true)]
    public Input<int> Max { get; set; } = null!;

    /// <summary>The smallest value, included.</summary>
    [Input("min", required: true)]
    public Input<int> Min { get; set; } = null!;

    /// <summary>A text that decides the value; random by default.</summary>
    [Input("seed")]
    public Input<string>? Seed { get; set; }
}
