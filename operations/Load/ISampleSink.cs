namespace AppStack.Operations.Load;

/// <summary>Where the load generator puts what became of each request.</summary>
internal interface ISampleSink
{
    void Add(RequestSample sample);

    /// <summary>Called a few times per second, for whoever passes samples on.</summary>
    void Flush();
}
