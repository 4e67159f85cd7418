using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Operations;

/// <summary>Makes a program talk to this engine while it runs. The one in use sets up the SDK; tests have their own.</summary>
public interface IProgramHost
{
    /// <summary>Runs the program and gives its exit code.</summary>
    /// <param name="program">The program.</param>
    /// <param name="context">What it may know.</param>
    /// <param name="monitor">What it talks to.</param>
    /// <param name="cancellationToken">Cancelled when the run is to stop.</param>
    Task<int> RunAsync(Func<Task<int>> program, ProgramContext context, IResourceMonitor monitor, CancellationToken cancellationToken);
}
