using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Model.Providers;

/// <summary>Where a running operation tells what it does. The engine masks secrets it knows of before showing anything.</summary>
public interface IOperationLog
{
    /// <summary>One line, or several, of output.</summary>
    void Write(LogSeverity severity, string message);

    /// <summary>What the operation does at this moment, for a live display; not kept.</summary>
    void Status(string message);
}
