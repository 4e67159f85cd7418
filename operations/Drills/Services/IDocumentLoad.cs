namespace AppStack.Operations.Drills.Services;

/// <summary>Documents that are being issued.</summary>
internal interface IDocumentLoad : IAsyncDisposable
{
    /// <summary>The documents whose fate is known so far.</summary>
    IReadOnlyList<DocumentSample> Samples { get; }

    /// <summary>Stops issuing and waits for what is under way.</summary>
    Task<IReadOnlyList<DocumentSample>> StopAsync(CancellationToken cancellationToken);
}
