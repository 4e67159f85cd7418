namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomUuid4"/> that is read.</summary>
public sealed class RandomUuid4State : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>What is known of a <see cref="RandomUuid4"/> that is read.</summary>
    public RandomUuid4State()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomUuid4State Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The UUID.</summary>
    [Input("result")]
    public Input<string>? Result { get; set; }
}
