namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomBytes"/> that is read.</summary>
public sealed class RandomBytesState : ResourceArgs
{
    [Input("base64")]
    private Input<string>? _base64;

    [Input("hex")]
    private Input<string>? _hex;

    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>What is known of a <see cref="RandomBytes"/> that is read.</summary>
    public RandomBytesState()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomBytesState Empty => new();

    /// <summary>The value in base64; always secret.</summary>
    public Input<string>? Base64
    {
        get => _base64;
        set => _base64 = Utilities.AsSecret(value);
    }

    /// <summary>The value in hexadecimal; always secret.</summary>
    public Input<string>? Hex
    {
        get => _hex;
        set => _hex = Utilities.AsSecret(value);
    }

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The number of random bytes.</summary>
    [Input("length")]
    public Input<int>? Length { get; set; }
}
