namespace AppStack.Engine.Model.Registration;

/// <summary>How serious a message is.</summary>
public enum LogSeverity
{
    /// <summary>For those who look for the cause of something.</summary>
    Debug,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Something is likely wrong.</summary>
    Warning,

    /// <summary>Something is wrong; the run fails.</summary>
    Error,
}
