namespace AppStack.Operations.Load;

/// <summary>Collects samples and writes them as lines of <see cref="SampleProtocol"/> when flushed.</summary>
internal sealed class StreamSampleSink(Stream stream) : ISampleSink
{
    private readonly List<RequestSample> _samples = [];

    public void Add(RequestSample sample) => _samples.Add(sample);

    public void Flush()
    {
        if (_samples.Count > 0)
        {
            SampleProtocol.WriteSamples(stream, _samples);
            _samples.Clear();
        }
    }
}
