using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary>The package <c>random</c>: values that are made once and then live in state.</summary>
internal sealed class RandomProvider : PackageProvider
{
    public RandomProvider(TimeProvider timeProvider)
    {
        Add(new RandomBytesHandler());
        Add(new RandomIdHandler());
        Add(new RandomIntegerHandler());
        Add(new RandomPasswordHandler());
        Add(new RandomPetHandler());
        Add(new RandomShuffleHandler());
        Add(new RandomStringHandler());
        Add(new RandomUuidHandler("random:index/randomUuid:RandomUuid", Guid.NewGuid));
        Add(new RandomUuidHandler("random:index/randomUuid4:RandomUuid4", Guid.NewGuid));
        Add(new RandomUuidHandler("random:index/randomUuid7:RandomUuid7", () => Guid.CreateVersion7(timeProvider.GetUtcNow())));
    }

    /// <inheritdoc/>
    public override string Package => "random";

    /// <inheritdoc/>
    public override string Version => "4.21.1";
}
