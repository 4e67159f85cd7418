using System.Text;

namespace AppStack.Operations.Load;

/// <summary>The hidden verb <c>load</c>: runs inside the client node's network namespace and writes what became of each request to stdout.</summary>
public static class LoadProgram
{
    /// <summary>Sends load until stdin is closed or the duration is over. Blocks: the process has nothing else to do.</summary>
    /// <param name="arguments">As <see cref="LoadArguments.Format"/> makes them.</param>
    /// <param name="stdout">Receives the lines of samples.</param>
    /// <param name="stderr">Receives what is wrong with the arguments.</param>
    /// <returns>0, or 2 when an argument is wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments, Stream stdout, Stream stderr)
    {
        if (!LoadArguments.TryParse(arguments, out var options, out var problems))
        {
            stderr.Write(Encoding.UTF8.GetBytes(string.Join('\n', problems) + "\n"));
            return 2;
        }

        var output = new BufferedStream(stdout, 64 * 1024);
        var generator = new LoadGenerator(options!, new StreamSampleSink(output));
        generator.WarmUp();
        SampleProtocol.WriteReady(output, MonotonicClock.NowMicros);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        generator.Run();
        SampleProtocol.WriteEnd(output, MonotonicClock.NowMicros, (Environment.CpuUsage.TotalTime - cpuBefore).TotalMilliseconds);
        return 0;
    }
}
