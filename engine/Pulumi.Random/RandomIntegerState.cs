namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomInteger"/> that is read.</summary>
public sealed class RandomIntegerState : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>What is known of a <see cref="RandomInteger"/> that is read.</summary>
    public RandomIntegerState()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomIntegerState Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The largest value, included.</summary>
    [Input("max")]
    public Input<int>? Max { get; set; }

    /// <summary>The smallest value, included.</summary>
    [Input("min")]
    public Input<int>? Min { get; set; }

    /// <summary>The random number.</summary>
    [Input("result")]
    public Input<int>? Result { get; set; }

    /// <summary>A text that decides the value; random by default.</summary>
    [Input("seed")]
    public Input<string>? Seed { get; set; }
}
