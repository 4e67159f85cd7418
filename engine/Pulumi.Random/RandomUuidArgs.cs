namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomUuid"/>.</summary>
public sealed class RandomUuidArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomUuid"/>.</summary>
    public RandomUuidArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomUuidArgs Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }
}
